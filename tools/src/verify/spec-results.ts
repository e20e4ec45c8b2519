import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import type { SpecFile, Verdict } from './steps.ts';

/** The parts of Vitest's JSON report that we read. */
interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: 'passed' | 'failed';
    readonly message: string;
    readonly startTime: number;
    readonly endTime: number;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

/**
 * Skipped tests and files that could not be loaded count as failures, and so does a run with an exit code other than 0 (for an
 * error outside of tests, or without a report).
 */
export function judgeSpecs(resultsFile: string, repository: string, exitCode: number): Verdict {
  const report = read(resultsFile);
  if (!report) return { passed: 0, failures: [`the specs left no report (exit ${exitCode})`] };
  const files = report.testResults.map((file) => {
    const path = relative(repository, file.name);
    const bad = file.assertionResults.filter(({ status }) => status !== 'passed');
    const failures = bad.map(
      ({ fullName, status }) => `${path}: ${fullName}${status === 'failed' ? '' : ` (${status})`}`,
    );
    if (file.status === 'failed' && failures.length === 0) failures.push(`${path}: ${file.message || 'did not load'}`);
    return { passed: file.assertionResults.length - bad.length, failures };
  });
  const timed = report.testResults.map(({ name, startTime, endTime, assertionResults }): SpecFile => ({
    path: relative(repository, name),
    specs: assertionResults.length,
    tookMs: endTime - startTime,
  }));
  const passed = files.reduce((sum, file) => sum + file.passed, 0);
  const failures = files.flatMap((file) => file.failures);
  if (passed + failures.length === 0) failures.push('there is no spec at all');
  if (exitCode !== 0 && failures.length === 0) failures.push(`an error outside of any test (exit ${exitCode})`);
  return { passed, failures, files: timed };
}

function read(file: string): Report | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Report;
  } catch {
    return undefined;
  }
}
