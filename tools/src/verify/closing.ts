import { elapsed } from '@longhaul/testing/servers';
import type { Outcome } from './schedule.ts';

const slowestFiles = 10;

/** The last lines of the output: times, failures, and the count, which scripts read. */
export function closing(outcomes: readonly Outcome[], tookMs: number): string[] {
  const failures = outcomes.flatMap((outcome) => outcome.failures);
  const passed = outcomes.reduce((sum, outcome) => sum + outcome.passed, 0);
  return [
    ...['', ...rungs(outcomes)],
    ...slowest(outcomes),
    ...(failures.length > 0 ? ['', 'Failed:', ...failures.map((failure) => `  ${failure}`)] : []),
    ...['', `It took ${elapsed(tookMs)}.`],
    `${passed} passed, ${failures.length} failed`,
  ];
}

function rungs(outcomes: readonly Outcome[]): string[] {
  return table([
    ['Step', 'Took', 'Passed', 'Failed'],
    ...outcomes.map(({ step, tookMs, passed, failures }) => [
      step.name,
      elapsed(tookMs),
      String(passed),
      String(failures.length),
    ]),
  ]);
}

/** The slowest files by the time of their specs, without loading. */
function slowest(outcomes: readonly Outcome[]): string[] {
  const files = outcomes.flatMap(({ files: found = [] }) => found);
  if (files.length === 0) return [];
  const first = [...files].sort((one, other) => other.tookMs - one.tookMs).slice(0, slowestFiles);
  return [
    '',
    `The ${first.length} slowest of ${files.length} spec files:`,
    ...table([
      ['Took', 'Specs', 'File'],
      ...first.map(({ path, specs, tookMs }) => [elapsed(tookMs), String(specs), path]),
    ]),
  ];
}

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column]!)).join('  ')}`.trimEnd());
}
