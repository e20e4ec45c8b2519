import type { DeepFact } from '@longhaul/testing/deep';
import { elapsed } from '@longhaul/testing/servers';
import type { Done } from './state.ts';

/** The facts that the specs of one part have recorded. */
export interface Met {
  readonly by: Pick<Done, 'part' | 'seed'>;
  readonly fact: DeepFact;
}

interface Wait {
  readonly what: string;
  readonly times: number;
  readonly slowestMs: number;
  readonly usualMs: number;
  /** The part in which it was slowest. */
  readonly part: string;
  readonly seed: number;
}

interface Violation {
  readonly found: string;
  readonly again: string;
}

export interface DeepReport {
  readonly tookMs: number;
  readonly parts: readonly (Done & { readonly again: string })[];
  readonly runs: number;
  readonly kills: Readonly<Record<string, number>>;
  readonly faults: Readonly<Record<string, number>>;
  readonly ends: Readonly<Record<string, number>>;
  readonly violations: Readonly<Record<string, readonly Violation[]>>;
  readonly slowestWaits: readonly Wait[];
}

const mostWaits = 10;

export function reportOf(done: readonly Done[], met: readonly Met[]): DeepReport {
  const of = <Name extends DeepFact['fact']>(name: Name) =>
    met.flatMap(({ fact }) => (fact.fact === name ? [fact as Extract<DeepFact, { fact: Name }>] : []));
  const sum = <T>(items: readonly T[], name: (item: T) => string, count: (item: T) => number) => {
    const sums: Record<string, number> = {};
    for (const item of items) sums[name(item)] = (sums[name(item)] ?? 0) + count(item);
    return sums;
  };
  return {
    tookMs: done.reduce((total, { tookMs }) => total + tookMs, 0),
    parts: done.map((one) => ({ ...one, again: commandFor(one) })),
    runs: of('runs').reduce((total, { count }) => total + count, 0),
    kills: sum(
      of('kill'),
      ({ victim }) => victim,
      () => 1,
    ),
    faults: sum(
      of('fault'),
      ({ kind }) => kind,
      ({ count }) => count,
    ),
    ends: sum(
      of('end'),
      ({ end }) => end,
      ({ count }) => count,
    ),
    violations: violationsIn(met),
    slowestWaits: waitsIn(met).slice(0, mostWaits),
  };
}

function violationsIn(met: readonly Met[]): Record<string, Violation[]> {
  const groups: Record<string, Violation[]> = {};
  for (const { by, fact } of met) {
    if (fact.fact === 'violation') (groups[fact.invariant] ??= []).push({ found: fact.found, again: commandFor(by) });
  }
  return groups;
}

/** The waits, those closest to their limits first. */
function waitsIn(met: readonly Met[]): Wait[] {
  const waits = new Map<string, Wait>();
  for (const { by, fact } of met) {
    if (fact.fact !== 'wait') continue;
    const { what, ms, usualMs } = fact;
    const known = waits.get(what);
    const times = (known?.times ?? 0) + 1;
    const slower = !known || ms > known.slowestMs;
    waits.set(
      what,
      slower ? { what, times, slowestMs: ms, usualMs, part: by.part, seed: by.seed } : { ...known, times },
    );
  }
  return [...waits.values()].sort((a, b) => b.slowestMs / b.usualMs - a.slowestMs / a.usualMs);
}

/** The command that repeats this part with the same seed. */
function commandFor({ part, seed }: Met['by']): string {
  return `npm run test:deep -- --only ${part} --seed ${seed}`;
}

export function inMarkdown(report: DeepReport): string {
  const { parts, runs, kills, faults, ends, violations, slowestWaits, tookMs } = report;
  const failed = parts.filter(({ failures }) => failures.length > 0);
  return [
    '# The deep run',
    '',
    `It took ${elapsed(tookMs)}: ${runs} runs, ${total(kills)} kills, ${total(faults)} faults met.`,
    '',
    '| part | seed | passed | failed | took |',
    '|---|---|---|---|---|',
    ...parts.map(
      (one) => `| ${one.part} | ${one.seed} | ${one.passed} | ${one.failures.length} | ${elapsed(one.tookMs)} |`,
    ),
    '',
    '## Violations by invariant',
    ...(Object.keys(violations).length === 0 ? ['None.'] : []),
    ...Object.entries(violations).flatMap(([invariant, found]) => [
      `- ${invariant}`,
      ...found.flatMap((one) => [`  - ${one.found}`, `    To see it again: \`${one.again}\``]),
    ]),
    '',
    ...(failed.length === 0 ? [] : ['## Failed', ...failed.flatMap(failureLines), '']),
    '## Kills',
    ...listed(kills),
    '',
    '## Faults met',
    ...listed(faults),
    '',
    '## How random runs ended',
    ...listed(ends),
    '',
    '## The slowest waits',
    ...(slowestWaits.length === 0 ? ['None was measured.'] : waitTable(slowestWaits)),
    '',
  ].join('\n');
}

const waitTable = (waits: readonly Wait[]): string[] => [
  'One fails past ten times the usual.',
  '',
  '| wait | times | slowest | usual | part | seed |',
  '|---|---|---|---|---|---|',
  ...waits.map(
    (one) => `| ${one.what} | ${one.times} | ${one.slowestMs} ms | ${one.usualMs} ms | ${one.part} | ${one.seed} |`,
  ),
];

const failureLines = ({ failures, again }: DeepReport['parts'][number]) => [
  ...failures.map((failure) => `- ${failure}`),
  `  To see it again: \`${again}\``,
];

const listed = (counts: Readonly<Record<string, number>>): string[] =>
  Object.entries(counts)
    .toSorted(([, a], [, b]) => b - a)
    .map(([name, count]) => `- ${name}: ${count}`);

const total = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);
