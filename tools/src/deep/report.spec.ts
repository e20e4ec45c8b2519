import type { DeepFact } from '@longhaul/testing/deep';
import { describe, expect, it } from 'vitest';
import { inMarkdown, reportOf, type Met } from './report.ts';

const done = [
  { part: 'kills', seed: 7, passed: 12, failures: [], tookMs: 61_000 },
  { part: 'chaos', seed: 7, passed: 1, failures: [], tookMs: 30_000 },
  { part: 'chaos', seed: 8, passed: 0, failures: ['chaos.deep.spec.ts: a house'], tookMs: 30_000 },
];
const during =
  (part: string, seed: number) =>
  (fact: DeepFact): Met => ({ by: { part, seed }, fact });

const report = reportOf(done, [
  ...(
    [
      { fact: 'runs', count: 150 },
      { fact: 'kill', victim: 'booking-worker' },
      { fact: 'kill', victim: 'booking-worker' },
      { fact: 'fault', kind: 'lost-answer', count: 9 },
      { fact: 'wait', what: 'a killed cell', ms: 5_000, usualMs: 3_000 },
      { fact: 'wait', what: 'a status', ms: 200, usualMs: 100 },
    ] as const
  ).map(during('kills', 7)),
  ...(
    [
      { fact: 'fault', kind: 'lost-answer', count: 1 },
      { fact: 'violation', invariant: 'X3', found: 'a key had 2 effects' },
      { fact: 'wait', what: 'a status', ms: 900, usualMs: 100 },
    ] as const
  ).map(during('chaos', 8)),
]);

describe('the report of the deep run', () => {
  it('adds up the facts of all parts', () => {
    expect(report).toMatchObject({ runs: 150, kills: { 'booking-worker': 2 }, faults: { 'lost-answer': 10 } });
  });

  it('lists the wait that came closest to its limit first, with the part in which it was slowest', () => {
    expect(report.slowestWaits).toEqual([
      { what: 'a status', times: 2, slowestMs: 900, usualMs: 100, part: 'chaos', seed: 8 },
      { what: 'a killed cell', times: 1, slowestMs: 5_000, usualMs: 3_000, part: 'kills', seed: 7 },
    ]);
    expect(inMarkdown(report)).toContain('| a status | 2 | 900 ms | 100 ms | chaos | 8 |');
  });

  it('has the command that repeats each failure and violation', () => {
    const again = '`npm run test:deep -- --only chaos --seed 8`';
    expect(inMarkdown(report)).toContain(`- chaos.deep.spec.ts: a house\n  To see it again: ${again}`);
    expect(inMarkdown(report)).toContain(`- X3\n  - a key had 2 effects\n    To see it again: ${again}`);
  });
});
