import { runsOf } from '../../domains/payment/facts/deliveries.ts';
import type { RunEvidence } from '../../evidence.ts';
import type { Invariant } from '../../rule.ts';
import type { CallEntry, JournalEntry } from '../../sandbox-evidence.ts';
import { correlationOf, type Facts, readKey } from '../facts.ts';

export const correlationRules: readonly Invariant[] = [
  {
    id: 'X14',
    says: 'One correlation id goes from the HTTP request to the last row downstream.',
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

/** A run that another run began carries on what that one was asked with. */
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

/** By the key: that of a step, or to a merchant's server, the event's. */
function runsBehind({ runs, deliveries }: Facts, { service, key }: JournalEntry | CallEntry): RunEvidence[] {
  if (key === null) return [];
  const delivery = service === 'merchant' ? deliveries.get(key) : undefined;
  if (delivery) return runsOf(delivery);
  const workflowId = readKey(key)?.workflowId;
  return workflowId === undefined ? [] : (runs.get(workflowId)?.slice(0, 1) ?? []);
}
