import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { judgeSpecs } from './spec-results.ts';
import type { SpecFile } from './steps.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'verify-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const judge = (testResults: readonly object[], exitCode: number) => {
  const report = join(folder, 'report.json');
  writeFileSync(report, JSON.stringify({ testResults: testResults.map((result) => ({ ...times, ...result })) }));
  return judgeSpecs(report, '/repo', exitCode);
};
const times = { startTime: 1_000, endTime: 3_500 };
const file = (path: string, specs: number): SpecFile => ({ path, specs, tookMs: 2_500 });
const test = (fullName: string, status: string) => ({ fullName, status });

it('counts every test and names those that failed with their file', () => {
  const assertionResults = [test('frees the seat', 'passed'), test('refunds the fare', 'failed')];
  expect(judge([{ name: '/repo/libs/a.spec.ts', status: 'failed', message: '', assertionResults }], 1)).toEqual({
    passed: 1,
    failures: ['libs/a.spec.ts: refunds the fare'],
    files: [file('libs/a.spec.ts', 2)],
  });
});

it('counts a skipped test as a failure', () => {
  const assertionResults = [test('frees the seat', 'passed'), test('refunds the fare', 'skipped')];
  expect(judge([{ name: '/repo/a.spec.ts', status: 'passed', message: '', assertionResults }], 0).failures).toEqual([
    'a.spec.ts: refunds the fare (skipped)',
  ]);
});

it('counts a file that could not be loaded as one failure', () => {
  const broken = { name: '/repo/a.spec.ts', status: 'failed', message: 'Cannot find b.ts', assertionResults: [] };
  expect(judge([broken], 1)).toMatchObject({ passed: 0, failures: ['a.spec.ts: Cannot find b.ts'] });
});

it('fails if the exit code is not 0 although each test passed', () => {
  const assertionResults = [test('frees the seat', 'passed')];
  const verdict = judge([{ name: '/repo/a.spec.ts', status: 'passed', message: '', assertionResults }], 1);
  expect(verdict).toMatchObject({ passed: 1, failures: ['an error outside of any test (exit 1)'] });
});

it('fails if there is no report or no test', () => {
  expect(judgeSpecs(join(folder, 'none.json'), '/repo', 0).failures).toHaveLength(1);
  expect(judge([], 0).failures).toHaveLength(1);
});
