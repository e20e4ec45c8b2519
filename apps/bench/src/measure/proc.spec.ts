import { describe, expect, it } from 'vitest';
import { parseRssKb, parseStat, treeOf } from './proc.ts';

const line = (id: number, name: string, parent: number) =>
  `${id} (${name}) S ${parent} 10 10 0 -1 4194560 1 2 3 4 150 50 7 3 20 0 11 0 12345 1000 200`;

describe('a line of /proc/PID/stat', () => {
  it('has id, parent and CPU time in milliseconds', () => {
    expect(parseStat(`${line(42, 'node', 7)}\n`)).toEqual({
      id: 42,
      name: 'node',
      parent: 7,
      cpuMs: 2_000,
      endedChildrenCpuMs: 100,
    });
  });

  it('can be parsed if the name of the program contains blanks and brackets', () => {
    expect(parseStat(line(42, 'tokio (rt) 1', 7))).toMatchObject({ name: 'tokio (rt) 1', parent: 7, cpuMs: 2_000 });
  });

  it('is refused and shown if it is invalid', () => {
    expect(() => parseStat('42 node S 7')).toThrow('[42 node S 7]');
  });
});

describe('a process tree', () => {
  it('contains the process and all its descendants only', () => {
    const all = [
      line(1, 'init', 0),
      line(5, 'postgres', 1),
      line(6, 'writer', 5),
      line(7, 'helper', 6),
      line(8, 'node', 1),
    ];
    expect(treeOf(5, all.map(parseStat)).map(({ id }) => id)).toEqual([5, 6, 7]);
  });
});

describe('the resident memory in /proc/PID/status', () => {
  it('is read in KB', () => {
    expect(parseRssKb('Name:\tnode\nVmRSS:\t  123456 kB\nThreads:\t12\n')).toBe(123_456);
  });

  it('is missing for a process that has ended', () => {
    expect(() => parseRssKb('Name:\tnode\nState:\tZ (zombie)\n')).toThrow('ended');
  });
});
