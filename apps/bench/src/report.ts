import type { Round, Rounds } from './load/rounds.ts';
import { percentile, spreadOf, type Spread } from './measure/statistics.ts';
import { figure, spreadText, table } from './measure/table.ts';

/** The printed figures of each contestant: throughput and latency, with their spread over the rounds. */
export interface Summary {
  readonly perSecond: Spread;
  readonly p50Ms: Spread;
  /** Over all rounds together, because one round has too few values. */
  readonly p99Ms: number;
  readonly completed: number;
  readonly cpuMsEach: Readonly<Record<string, number>>;
  readonly bytesEach: number | undefined;
}

function summarize(rounds: readonly Round[]): Summary {
  const bearers = Object.keys(rounds[0]?.cpuMsEach ?? {});
  const middle = (values: readonly number[]): number => spreadOf(values).median;
  const bytes = rounds.flatMap(({ bytesEach }) => bytesEach ?? []);
  return {
    perSecond: spreadOf(rounds.map((round) => round.perSecond)),
    p50Ms: spreadOf(rounds.map((round) => round.p50Ms)),
    p99Ms: percentile(
      rounds.flatMap((round) => round.latenciesMs),
      99,
    ),
    completed: rounds.reduce((sum, { completed }) => sum + completed, 0),
    cpuMsEach: Object.fromEntries(
      bearers.map((label) => [label, middle(rounds.map((round) => round.cpuMsEach[label] ?? 0))]),
    ),
    bytesEach: bytes.length === 0 ? undefined : middle(bytes),
  };
}

export function summarizeAll(rounds: Rounds): Record<string, Summary> {
  return Object.fromEntries([...rounds].map(([name, its]) => [name, summarize(its)]));
}

export function summaryTable(
  summaries: Readonly<Record<string, Summary>>,
  what: 'bookings' | 'top-ups' = 'bookings',
): string {
  const bearers = [...new Set(Object.values(summaries).flatMap(({ cpuMsEach }) => Object.keys(cpuMsEach)))];
  const hasBytes = Object.values(summaries).some(({ bytesEach }) => bytesEach !== undefined);
  const heads = ['', what, `${what}/s`, 'p50 ms', 'p99 ms', ...bearers.map((label) => `${label} CPU ms`)];
  return table(
    hasBytes ? [...heads, 'KB written'] : heads,
    Object.entries(summaries).map(([name, { completed, perSecond, p50Ms, p99Ms, cpuMsEach, bytesEach }]) => [
      name,
      String(completed),
      spreadText(perSecond),
      spreadText(p50Ms),
      figure(p99Ms),
      ...bearers.map((label) => (cpuMsEach[label] === undefined ? '' : figure(cpuMsEach[label]))),
      ...(hasBytes ? [bytesEach === undefined ? '' : figure(bytesEach / 1_024)] : []),
    ]),
  );
}

export function say(text = ''): void {
  console.log(text);
}
