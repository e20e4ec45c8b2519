import { describe, expect, it } from 'vitest';
import { tracked } from '../house-rules/repository.fixture.ts';
import { readOptions, UsageError } from './options.ts';
import { parts } from './parts.ts';
import { inMarkdown, reportOf } from './report.ts';
import { leftOf } from './state.ts';

describe('the parts of the deep run', () => {
  it('leave out no deep spec, and name no file that there is not', () => {
    const deep = tracked.filter((path) => path.endsWith('.deep.spec.ts'));
    const filters = parts.filter(({ price }) => price === 'deep').flatMap(({ files = [] }) => files);
    expect(deep.filter((path) => !filters.some((filter) => path.includes(filter)))).toEqual([]);
    expect(filters.filter((filter) => !deep.some((path) => path.includes(filter)))).toEqual([]);
  });

  it('are chosen by name, all without one, and a name that there is not is refused', () => {
    expect(readOptions(['--only', 'chaos, kills']).parts.map(({ name }) => name)).toEqual(['kills', 'chaos']);
    expect(readOptions([]).parts).toBe(parts);
    expect(() => readOptions(['--only', 'chaso'])).toThrow(new UsageError('--only names no part [chaso]'));
  });

  it('take a seed and a time as whole numbers, and a new seed without one', () => {
    expect(readOptions(['--seed', '7', '--minutes', '30', '--resume'])).toMatchObject({
      seed: 7,
      minutes: 30,
      resume: true,
    });
    expect(readOptions([]).seed).toBeGreaterThan(0);
    for (const bad of [['--seed', 'x'], ['--minutes', '0'], ['--frob']]) {
      expect(() => readOptions(bad)).toThrow(UsageError);
    }
  });

  it('that are done with the same seed are not done again after a stop', () => {
    const done = { part: 'kills', seed: 7, passed: 1, failures: [], tookMs: 1 };
    const some = [{ name: 'kills' }, { name: 'chaos' }];
    expect(leftOf(some, { seed: 7, done: [done] })).toEqual([{ name: 'chaos' }]);
    expect(leftOf(some, { seed: 8, done: [done] })).toEqual(some);
  });
});

describe('the report of the deep run', () => {
  const done = [
    { part: 'kills', seed: 7, passed: 12, failures: [], tookMs: 61_000 },
    { part: 'chaos', seed: 7, passed: 0, failures: ['chaos.deep.spec.ts: a house'], tookMs: 30_000 },
  ];
  const report = reportOf(done, [
    { fact: 'runs', count: 150 },
    { fact: 'kill', victim: 'booking-worker' },
    { fact: 'kill', victim: 'booking-worker' },
    { fact: 'fault', kind: 'lost-answer', count: 9 },
    { fact: 'fault', kind: 'lost-answer', count: 1 },
    { fact: 'violation', invariant: 'X3', found: 'a key had 2 effects' },
    { fact: 'wait', what: 'a status', ms: 900, usualMs: 100 },
    { fact: 'wait', what: 'a killed cell', ms: 5_000, usualMs: 3_000 },
  ]);

  it('adds up what was met', () => {
    expect(report).toMatchObject({
      runs: 150,
      kills: { 'booking-worker': 2 },
      faults: { 'lost-answer': 10 },
      violations: { X3: ['a key had 2 effects'] },
    });
  });

  it('puts the wait first that is furthest past its usual time', () => {
    expect(report.slowestWaits.map(({ what }) => what)).toEqual(['a status', 'a killed cell']);
  });

  it('gives each failure the command that repeats it', () => {
    expect(inMarkdown(report)).toContain(
      '- chaos.deep.spec.ts: a house\n  To see it again: `npm run test:deep -- --only chaos --seed 7`',
    );
  });
});
