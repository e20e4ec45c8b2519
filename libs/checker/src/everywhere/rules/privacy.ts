import type { Invariant } from '../../rule.ts';
import { groupBy } from '../../values.ts';
import type { Facts } from '../facts.ts';

export const privacyRules: readonly Invariant[] = [
  {
    id: 'X10',
    says: 'No secret and no personal value of the test data can be read in a history, an id, a key or a route.',
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
    says: "No user reads or changes another user's data: answers, effects and recorded owners belong to one user.",
    find: (facts) => [...readByOthers(facts), ...foreignEffects(facts), ...mixedOwners(facts)],
  },
];

function readByOthers(facts: Facts): string[] {
  const owners = new Map(storiesIn(facts).map(({ run, owner }) => [run.workflowId, owner]));
  return facts.answers.flatMap(({ call, caller, workflowId, status }) => {
    const owner = owners.get(workflowId);
    const told = status !== null && status < 300;
    return told && owner !== undefined && caller && !caller.operations && caller.user !== owner
      ? [`${caller.user} was answered ${status} to ${call} of ${workflowId}, which is ${owner}'s`]
      : [];
  });
}

const storiesIn = ({ views }: Facts) => views.flatMap(({ stories }) => stories);

function foreignEffects({ views }: Facts): string[] {
  return views
    .flatMap(({ owned }) => owned)
    .filter(([{ user }, owner]) => owner !== undefined && user !== owner)
    .map(([{ effect, user, key, seq }, owner]) => `${effect} [${key}] of ${owner} fell on ${user} [journal ${seq}]`);
}

/** Owners are recorded as digests: each user has one digest, and no two users share one. */
function mixedOwners(facts: Facts): string[] {
  const recorded = storiesIn(facts).flatMap(({ run, owner: user }) => {
    const owner = run.memo['owner'];
    return typeof owner === 'string' && user !== undefined ? [{ user, owner }] : [];
  });
  const disagree = (by: 'user' | 'owner', of: 'user' | 'owner') =>
    [...groupBy(recorded, (row) => row[by])]
      .filter(([, rows]) => new Set(rows.map((row) => row[of])).size > 1)
      .map(([value]) => `the ${by} ${value} goes with more than one ${of}`);
  return [...disagree('user', 'owner'), ...disagree('owner', 'user')];
}
