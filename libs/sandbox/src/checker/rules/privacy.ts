import type { CallEntry, JournalEntry } from '../../evidence.ts';
import type { Facts } from '../facts.ts';
import { readKey } from '../facts.ts';
import type { Ride } from '../rides.ts';
import { rowsOf } from '../rides.ts';
import type { Invariant } from '../rule.ts';
import { groupBy } from '../values.ts';

export const privacyRules: readonly Invariant[] = [
  {
    id: 'X10',
    says: 'No secret and no personal value that was fed in is readable in a history, an id, a key or a route.',
    find: ({ expectations, runs, sandbox }) =>
      expectations.canaries.flatMap((canary, index) => [
        ...[...runs.values()]
          .flat()
          .filter(({ workflowId, plainText }) => workflowId.includes(canary) || plainText.includes(canary))
          .map(({ workflowId }) => `canary ${index + 1} is readable in the history of ${workflowId}`),
        ...sandbox.calls
          .filter(({ key, route, correlationId }) => [key, route, correlationId].some((text) => text?.includes(canary)))
          .map(({ seq }) => `canary ${index + 1} is readable in call ${seq}`),
      ]),
  },
  {
    id: 'X11',
    says: "Nobody reads or touches what is another's: answers, effects and recorded owners belong to one user.",
    find: (facts) => [...readByOthers(facts), ...facts.rides.flatMap(foreignEffects), ...mixedOwners(facts)],
  },
  {
    id: 'X14',
    says: 'One correlation id goes from the HTTP request to the last row downstream.',
    find: (facts) => [
      ...[...facts.journal, ...facts.sandbox.calls].flatMap((row) => brokenCorrelation(facts, row)),
      ...[...facts.runs].flatMap(([workflowId, runs]) => {
        const asked = facts.answers
          .filter((answer) => answer.call === 'start' && answer.workflowId === workflowId)
          .flatMap(({ correlationId }) => correlationId ?? []);
        const recorded = runs[0]?.memo['correlationId'];
        return asked.length > 0 && !asked.some((id) => id === recorded)
          ? [`${workflowId} carries [${String(recorded)}], its callers sent [${asked.join(', ')}]`]
          : [];
      }),
    ],
  },
];

function readByOthers({ answers, rides }: Facts): string[] {
  const owners = new Map(
    rides.flatMap(({ run, cancellation, input }) => [
      [run.workflowId, input.user] as const,
      ...(cancellation ? [[cancellation.run.workflowId, input.user] as const] : []),
    ]),
  );
  return answers.flatMap(({ call, caller, workflowId, status }) => {
    const owner = owners.get(workflowId);
    const told = status !== null && status < 300;
    return told && owner !== undefined && caller && !caller.operations && caller.user !== owner
      ? [`${caller.user} was answered ${status} to ${call} of ${workflowId}, which is ${owner}'s`]
      : [];
  });
}

function foreignEffects(ride: Ride): string[] {
  return [...rowsOf(ride, 'seat-held'), ...rowsOf(ride, 'booking-confirmed'), ...rowsOf(ride, 'charge-captured')]
    .filter(({ user }) => user !== ride.input.user)
    .map(({ effect, user, seq }) => `${effect} of ${ride.run.workflowId} fell on ${user} [journal ${seq}]`);
}

/** Owners are recorded as digests: one user has one, and no two users share one. */
function mixedOwners({ rides }: Facts): string[] {
  const recorded = rides.flatMap(({ run, input }) => {
    const owner = run.memo['owner'];
    return typeof owner === 'string' ? [{ user: input.user, owner }] : [];
  });
  const disagree = (by: 'user' | 'owner', of: 'user' | 'owner') =>
    [...groupBy(recorded, (row) => row[by])]
      .filter(([, rows]) => new Set(rows.map((row) => row[of])).size > 1)
      .map(([value]) => `the ${by} ${value} goes with more than one ${of}`);
  return [...disagree('user', 'owner'), ...disagree('owner', 'user')];
}

function brokenCorrelation({ runs }: Facts, row: JournalEntry | CallEntry): string[] {
  const workflowId = row.key === null ? undefined : readKey(row.key)?.workflowId;
  const memo = workflowId === undefined ? undefined : runs.get(workflowId)?.[0]?.memo;
  // A run that was started without our client has none; its own id then ties its traces together.
  const expected = memo && (memo['correlationId'] ?? workflowId);
  if (expected === undefined || row.correlationId === expected) return [];
  const what = 'effect' in row ? `${row.effect} [journal ${row.seq}]` : `${row.route} [call ${row.seq}]`;
  return [`${what} of ${workflowId} carries [${row.correlationId}] instead of [${JSON.stringify(expected)}]`];
}
