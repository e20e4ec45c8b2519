import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Frame } from './groups.ts';

export interface CallFrame extends Frame {
  readonly lineNumber: number;
  readonly columnNumber: number;
}

/** The file that Node writes with `--cpu-prof` for each thread. Times are microseconds on the monotonic clock. */
export interface CpuProfile {
  readonly nodes: readonly { id: number; callFrame: CallFrame; children?: readonly number[] }[];
  readonly startTime: number;
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

export interface Window {
  readonly fromUs: number;
  readonly toUs: number;
}

export async function readProfiles(folder: string): Promise<CpuProfile[]> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.cpuprofile')).sort();
  return Promise.all(files.map(async (name) => JSON.parse(await readFile(join(folder, name), 'utf8')) as CpuProfile));
}

/** Calls `visit` with the stack of each sample in the window, innermost frame first, and its time. */
export function eachSample(
  profile: CpuProfile,
  window: Window,
  visit: (stack: readonly CallFrame[], us: number) => void,
): void {
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  const parents = new Map(
    profile.nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)),
  );
  const stacks = new Map<number, readonly CallFrame[]>();
  const stackOf = (id: number): readonly CallFrame[] => {
    const known = stacks.get(id);
    if (known) return known;
    const parent = parents.get(id);
    const stack = [nodes.get(id)!.callFrame, ...(parent === undefined ? [] : stackOf(parent))];
    stacks.set(id, stack);
    return stack;
  };
  let atUs = profile.startTime;
  profile.samples.forEach((id, index) => {
    atUs += profile.timeDeltas[index]!;
    // A sample counts for the time until the next one.
    const us = profile.timeDeltas[index + 1] ?? 0;
    if (atUs >= window.fromUs && atUs < window.toUs) visit(stackOf(id), us);
  });
}
