import { notJudged } from './invariants.ts';
import type { Violation } from './rule.ts';
import { groupBy } from './values.ts';

/** For each invariant at most this many finds are printed: a systematic fault would bury all others. */
const mostMessages = 10;

/** Where a reader finds what a number stands for. */
const list = 'docs/invariants.md';

/** The violations as a person reads them, by invariant. */
export function report(violations: readonly Violation[]): string {
  const unsettled = `Not judged: ${notJudged.map(({ id, because }) => `${id} (${because})`).join('; ')}. All invariants: ${list}.`;
  if (violations.length === 0) return `Every invariant holds.\n${unsettled}`;
  const groups = [...groupBy(violations, ({ invariant }) => invariant)].map(([invariant, found]) => {
    const shown = found.slice(0, mostMessages).map(({ message }) => `  - ${message}`);
    const more = found.length > mostMessages ? [`  - and ${found.length - mostMessages} more`] : [];
    return [`${invariant}: ${found[0]?.says ?? ''}`, ...shown, ...more].join('\n');
  });
  const count = groups.length === 1 ? '1 invariant does not hold' : `${groups.length} invariants do not hold`;
  return [`${count}.`, ...groups, unsettled].join('\n');
}
