import { chargeReference } from '@longhaul/contracts';
import { rowsOf } from '../../rows.ts';
import type { Invariant } from '../../rule.ts';
import type { JournalEntry } from '../../sandbox-evidence.ts';
import { groupBy } from '../../values.ts';
import type { Facts } from '../facts.ts';
import { ownedRuns } from '../owners.ts';

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
    find: (facts) => [...readByOthers(facts), ...foreignEffects(facts), ...mixedOwners(facts)],
  },
];

function readByOthers(facts: Facts): string[] {
  const owners = new Map(ownedRuns(facts).map(({ run, owner }) => [run.workflowId, owner]));
  return facts.answers.flatMap(({ call, caller, workflowId, status }) => {
    const owner = owners.get(workflowId);
    const told = status !== null && status < 300;
    return told && owner !== undefined && caller && !caller.operations && caller.user !== owner
      ? [`${caller.user} was answered ${status} to ${call} of ${workflowId}, which is ${owner}'s`]
      : [];
  });
}

function foreignEffects(facts: Facts): string[] {
  return [
    ...facts.rides.flatMap((ride) =>
      [...rowsOf(ride, 'seat-held'), ...rowsOf(ride, 'booking-confirmed'), ...rowsOf(ride, 'charge-captured')].flatMap(
        (row) => foreign(row, ride.input.user),
      ),
    ),
    ...rowsOf(facts, 'payment-opened').flatMap((row) => foreign(row, facts.payments.get(row.paymentId)?.input?.user)),
    ...rowsOf(facts, 'card-charged').flatMap((row) => foreign(row, payerOf(facts, row.reference))),
    ...[...rowsOf(facts, 'top-up-opened'), ...rowsOf(facts, 'wallet-credited')].flatMap((row) =>
      foreign(row, facts.topUps.get(row.topUpId)?.input?.userId),
    ),
  ];
}

function foreign(row: JournalEntry & { readonly user: string }, owner: string | undefined): string[] {
  const { effect, user, key, seq } = row;
  return owner === undefined || user === owner
    ? []
    : [`${effect} [${key}] of ${owner} fell on ${user} [journal ${seq}]`];
}

function payerOf({ payments }: Facts, reference: string): string | undefined {
  return payments.get(chargeReference.runOf(reference).replace(/^payment-/, ''))?.input?.user;
}

/** Owners are recorded as digests: one user has one, and no two users share one. */
function mixedOwners(facts: Facts): string[] {
  const recorded = ownedRuns(facts).flatMap(({ run, owner: user }) => {
    const owner = run.memo['owner'];
    return typeof owner === 'string' ? [{ user, owner }] : [];
  });
  const disagree = (by: 'user' | 'owner', of: 'user' | 'owner') =>
    [...groupBy(recorded, (row) => row[by])]
      .filter(([, rows]) => new Set(rows.map((row) => row[of])).size > 1)
      .map(([value]) => `the ${by} ${value} goes with more than one ${of}`);
  return [...disagree('user', 'owner'), ...disagree('owner', 'user')];
}
