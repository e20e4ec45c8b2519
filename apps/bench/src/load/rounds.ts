import { cpuMs, cpuMsOfTree } from '../measure/proc.ts';
import { percentile } from '../measure/statistics.ts';
import { type Load, type LoadShape } from './load.ts';

/** A process whose CPU time is part of the price. */
export interface CostBearer {
  readonly label: string;
  readonly pid: number;
  /** For a program that works through children of its own, as PostgreSQL does. */
  readonly withChildren?: boolean;
}

/** CPU time by the label of who used it. */
export type Cpu = Readonly<Record<string, number>>;

/** One of those that are compared. */
export interface Contestant {
  readonly name: string;
  readonly run: (shape: LoadShape) => Promise<Load>;
  readonly costs: readonly CostBearer[];
  /** All that its database has written so far. */
  readonly bytesWritten?: (() => Promise<number>) | undefined;
}

export interface Round extends Load {
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** CPU milliseconds for each that was completed, by process. */
  readonly cpuMsEach: Cpu;
  readonly bytesEach: number | undefined;
}

export type Rounds = ReadonlyMap<string, readonly Round[]>;

/**
 * A B C C B A …: whatever the machine does meanwhile, all meet it. Who came first in a round comes last in the next: a
 * server gets slower with each run that it holds.
 */
export function* turns<One>(
  contestants: readonly One[],
  count: number,
): Generator<{ number: number; contestant: One }> {
  for (let number = 1; number <= count; number += 1) {
    for (const contestant of number % 2 === 1 ? contestants : contestants.toReversed()) yield { number, contestant };
  }
}

export async function interleave(
  contestants: readonly Contestant[],
  shape: LoadShape,
  count: number,
  tell: (line: string) => void,
): Promise<Rounds> {
  const rounds = new Map<string, Round[]>(contestants.map(({ name }) => [name, []]));
  for (const { number, contestant } of turns(contestants, count)) {
    const round = await measure(contestant, shape);
    rounds.get(contestant.name)!.push(round);
    const heading = `round ${number} of ${count}, ${shape.callers} at a time, ${contestant.name}`;
    tell(`${heading}: ${round.perSecond.toFixed(1)}/s, p50 ${round.p50Ms.toFixed(0)} ms`);
  }
  return rounds;
}

/** Fresh processes run at half their speed: code is compiled, caches fill. */
export async function warmUp(contestants: readonly Contestant[], durationMs: number): Promise<void> {
  for (const contestant of contestants) await contestant.run({ callers: 50, durationMs, atMost: 100_000 });
}

async function measure({ name, run, costs, bytesWritten }: Contestant, shape: LoadShape): Promise<Round> {
  const cpuSince = await startCpu(costs);
  const bytesBefore = await bytesWritten?.();
  const load = await run(shape);
  if (load.completed === 0) throw new Error(`Not one went through [${name}]`);
  const cpuMsEach = await cpuSince(load.completed);
  const bytesAfter = await bytesWritten?.();
  return {
    ...load,
    p50Ms: percentile(load.latenciesMs, 50),
    p99Ms: percentile(load.latenciesMs, 99),
    cpuMsEach,
    bytesEach: bytesAfter === undefined ? undefined : (bytesAfter - bytesBefore!) / load.completed,
  };
}

/** What the processes use from now on, told for each of so many that they have completed since. */
export async function startCpu(costs: readonly CostBearer[]): Promise<(completed: number) => Promise<Cpu>> {
  const before = await cpuOf(costs);
  return async (completed) => {
    const after = await cpuOf(costs);
    return Object.fromEntries(costs.map(({ label }, index) => [label, (after[index]! - before[index]!) / completed]));
  };
}

function cpuOf(costs: readonly CostBearer[]): Promise<number[]> {
  return Promise.all(costs.map(({ pid, withChildren }) => (withChildren ? cpuMsOfTree(pid) : cpuMs(pid))));
}
