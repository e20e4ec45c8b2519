import { expect, it } from 'vitest';
import { closing } from './closing.ts';
import type { Outcome } from './schedule.ts';
import type { SpecFile } from './steps.ts';

const outcome = (name: string, tookMs: number, rest: Partial<Outcome> = {}): Outcome => ({
  step: { name, about: '', work: { command: [] } },
  tookMs,
  passed: 1,
  failures: [],
  ...rest,
});

const files: SpecFile[] = Array.from({ length: 12 }, (_, index) => ({
  path: `libs/${index}.spec.ts`,
  specs: index,
  tookMs: index * 10_000,
}));

it('says how long each step took, and the ten slowest files of all of them', () => {
  const lines = closing([outcome('lint', 61_000), outcome('spec', 125_000, { passed: 66, files })], 190_000);
  expect(lines).toEqual([
    '',
    '  Step  Took       Passed  Failed',
    '  lint  1 min 1 s  1       0',
    '  spec  2 min 5 s  66      0',
    '',
    'The 10 slowest of 12 spec files:',
    '  Took        Specs  File',
    '  1 min 50 s  11     libs/11.spec.ts',
    '  1 min 40 s  10     libs/10.spec.ts',
    '  1 min 30 s  9      libs/9.spec.ts',
    '  1 min 20 s  8      libs/8.spec.ts',
    '  1 min 10 s  7      libs/7.spec.ts',
    '  1 min 0 s   6      libs/6.spec.ts',
    '  50 s        5      libs/5.spec.ts',
    '  40 s        4      libs/4.spec.ts',
    '  30 s        3      libs/3.spec.ts',
    '  20 s        2      libs/2.spec.ts',
    '',
    'It took 3 min 10 s.',
    '67 passed, 0 failed',
  ]);
});

it('lists the failures below the times, and ends with the count', () => {
  const failures = ['libs/a.spec.ts: refunds the fare'];
  const lines = closing([outcome('spec', 1_000, { passed: 3, failures })], 1_000);
  expect(lines.slice(-5)).toEqual([
    'Failed:',
    '  libs/a.spec.ts: refunds the fare',
    '',
    'It took 1 s.',
    '3 passed, 1 failed',
  ]);
});
