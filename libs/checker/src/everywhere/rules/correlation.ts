import type { RunEvidence } from '../../evidence.ts';
import type { Invariant } from '../../rule.ts';
import type { CallEntry, JournalEntry } from '../../sandbox-evidence.ts';
import { correlationOf, type Facts } from '../facts.ts';
import { readKey } from '../keys.ts';

export const correlationRules: readonly Invariant[] = [
  {
    id: 'X14',
    says: 'The correlation id of the HTTP request is on every call and effect of its run.',
    find: (facts) => [
      ...[...facts.journal, ...facts.sandbox.calls].flatMap((row) => brokenCorrelation(facts, row)),
      ...[...facts.runs.values()].flat().flatMap((run) => strayChildren(facts, run)),
      ...[...facts.runs].flatMap(([workflowId, runs]) => {
        const asked = (facts.answersAbout.get(workflowId) ?? [])
          .filter(({ call }) => call === 'start')
          .flatMap(({ correlationId }) => correlationId ?? []);
        const recorded = runs[0]?.memo['correlationId'];
        return asked.length > 0 && !asked.some((id) => id === recorded)
          ? [`${workflowId} carries [${String(recorded)}], its callers sent [${asked.join(', ')}]`]
          : [];
      }),
    ],
  },
];

/** A run that another run started must have the correlation id of that run. */
function strayChildren({ runs }: Facts, parent: RunEvidence): string[] {
  return parent.children.flatMap((id) => {
    const child = runs.get(id)?.[0];
    return child && correlationOf(child) !== correlationOf(parent)
      ? [`${id} carries [${String(correlationOf(child))}], and was begun by ${parent.workflowId}`]
      : [];
  });
}

function brokenCorrelation(facts: Facts, row: JournalEntry | CallEntry): string[] {
  const behind = runsBehind(facts, row);
  const expected = behind.map(correlationOf);
  if (behind.length === 0 || expected.includes(row.correlationId)) return [];
  const what = 'effect' in row ? `${row.effect} [journal ${row.seq}]` : `${row.route} [call ${row.seq}]`;
  const ids = expected.map((id) => `[${JSON.stringify(id)}]`).join(' or ');
  return [`${what} of ${behind[0]?.workflowId} carries [${row.correlationId}] instead of ${ids}`];
}

/** The runs that caused the row, found by its key. */
function runsBehind({ runs, views }: Facts, row: JournalEntry | CallEntry): readonly RunEvidence[] {
  if (row.key === null) return [];
  for (const { keys } of views) {
    const behind = keys?.runsBehind(row);
    if (behind) return behind;
  }
  const workflowId = readKey(row.key)?.workflowId;
  return workflowId === undefined ? [] : (runs.get(workflowId)?.slice(0, 1) ?? []);
}
