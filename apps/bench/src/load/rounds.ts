import { cpuMs, cpuMsOfTree } from '../measure/proc.ts';
import { percentile } from '../measure/statistics.ts';
import { type Load, type LoadShape } from './load.ts';

/** A process whose CPU time is measured. */
export interface CostBearer {
  readonly label: string;
  readonly pid: number;
  /** For a program with child processes, such as PostgreSQL. */
  readonly withChildren?: boolean;
}

/** CPU time by process label. */
export type Cpu = Readonly<Record<string, number>>;

/** One of the compared systems. */
export interface Contestant {
  readonly name: string;
  readonly run: (shape: LoadShape) => Promise<Load>;
  readonly costs: readonly CostBearer[];
  /** The bytes that its database has written so far. */
  readonly bytesWritten?: (() => Promise<number>) | undefined;
}

export interface Round extends Load {
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** CPU milliseconds per completed run, by process. */
  readonly cpuMsEach: Cpu;
  readonly bytesEach: number | undefined;
}

export type Rounds = ReadonlyMap<string, readonly Round[]>;

/**
 * A B C C B A …: the order is reversed in each round, so that other load on the machine, and a server that becomes slower with
 * each run, affect all contestants alike.
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

/** New processes run at half speed until code is compiled and caches are filled. */
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

/** Measures the CPU time of the processes from now on; the returned function gives it per completed run. */
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
