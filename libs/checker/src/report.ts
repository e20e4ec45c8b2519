import { notJudged } from './invariants.ts';
import type { Violation } from './rule.ts';
import { groupBy } from './values.ts';

/** Messages printed per invariant, so that one systematic fault does not hide the others. */
const mostMessages = 10;

/** The page that explains each number. */
const list = 'docs/invariants.md';

/** The violations as text, grouped by invariant. */
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
