import { cpuMs, threadsOf, type ProcessStat } from '../measure/proc.ts';

export interface ThreadTimes {
  readonly processMs: number;
  readonly threads: readonly ProcessStat[];
}

export async function readThreads(pid: number): Promise<ThreadTimes> {
  return { processMs: await cpuMs(pid), threads: await threadsOf(pid) };
}

/** The CPU time of each thread between two readings, divided by `times`, by a readable name. */
export function threadsBetween(
  pid: number,
  before: ThreadTimes,
  after: ThreadTimes,
  times: number,
): Readonly<Record<string, number>> & Readonly<Record<'main' | 'workflow', number>> {
  const used = after.threads.map(({ id, name, cpuMs: ms }) => ({
    id,
    name,
    ms: (ms - (before.threads.find((thread) => thread.id === id)?.cpuMs ?? 0)) / times,
  }));
  // All of Node's threads have the same name; except for the main thread, the workflow threads are the busiest.
  const nodes = used.filter(({ id, name }) => id !== pid && name === 'node').sort((a, b) => b.ms - a.ms);
  const label = ({ id, name }: { id: number; name: string }): string => {
    if (id === pid) return 'main';
    if (id === nodes[0]?.id) return 'workflow';
    return name === 'node' ? "Node's helpers (garbage, compiler)" : name;
  };
  const named: Record<string, number> = {};
  for (const thread of used) named[label(thread)] = (named[label(thread)] ?? 0) + thread.ms;
  const alive = used.reduce((sum, { ms }) => sum + ms, 0);
  return {
    main: 0,
    workflow: 0,
    ...named,
    'ended meanwhile (watchdogs of vm calls)': (after.processMs - before.processMs) / times - alive,
  };
}
