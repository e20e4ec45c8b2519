import { expect, it } from 'vitest';
import type { ProcessStat } from '../measure/proc.ts';
import { threadsBetween } from './threads.ts';

const thread = (id: number, name: string, cpuMs: number): ProcessStat => ({
  id,
  name,
  cpuMs,
  parent: 1,
  endedChildrenCpuMs: 0,
});

it('the time of each thread is named by its purpose, and that of ended threads is the rest', () => {
  const before = {
    processMs: 1_000,
    threads: [thread(7, 'node', 400), thread(8, 'node', 300), thread(9, 'node', 300)],
  };
  const after = {
    processMs: 2_000,
    threads: [thread(7, 'node', 600), thread(8, 'node', 320), thread(9, 'node', 800), thread(10, 'tokio', 80)],
  };
  expect(threadsBetween(7, before, after, 10)).toEqual({
    main: 20,
    workflow: 50,
    "Node's helpers (garbage, compiler)": 2,
    tokio: 8,
    'ended meanwhile (watchdogs of vm calls)': 20,
  });
});
