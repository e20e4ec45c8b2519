import { runsOf } from '../../domains/payment/facts/deliveries.ts';
import { rowsOf } from '../../rows.ts';
import type { Invariant } from '../../rule.ts';
import type { JournalEntry } from '../../sandbox-evidence.ts';
import { type Facts, isAskedFor, latestRuns, readKey, wordsOf } from '../facts.ts';
import { began, mayHaveBeenFurther } from '../run-state.ts';

export const keyRules: readonly Invariant[] = [
  {
    id: 'X3',
    says: 'Per key at most one effect downstream, and the keys seen are those that the histories explain.',
    snapshot: true,
    find: (facts) => [
      ...[...facts.effectsByKey]
        .filter(([, effects]) => effects.length > 1)
        .map(([key, effects]) => `${key} had ${effects.length} effects [journal ${seqs(effects)}]`),
      ...facts.journal
        .filter((entry) => entry.key === null && isAskedFor(entry) && !wasPending(facts, entry))
        .map(({ effect, seq }) => `${effect} came about without a key [journal ${seq}]`),
      ...rowsOf(facts, 'gateway-event-recorded')
        .filter(({ key, event, id }) => key !== keyOfHearing(event, id))
        .map(({ key, event, id }) => `${event} ${id} was recorded under [${key}]`),
      ...(facts.expectations.snapshot ? [] : [...unexplainedKeys(facts), ...unseenKeys(facts)]),
    ],
  },
];

/** What the card gateway tells has no run behind it. */
const keyOfHearing = (event: string, id: string) => `paystack/${event}/${id}`;
const hearing = 'POST /gateway-events';

/** A bank that took its time has decided: it is whoever looks that sees it, and no call that made it. */
function wasPending(facts: Facts, entry: JournalEntry): boolean {
  return (
    entry.effect === 'card-charged' &&
    rowsOf(facts, 'card-charged').some(
      ({ reference, status, seq }) => reference === entry.reference && status === 'pending' && seq < entry.seq,
    )
  );
}

function unexplainedKeys(facts: Facts): string[] {
  const seen = new Set([...facts.journal, ...facts.sandbox.calls].flatMap(({ key }) => key ?? []));
  return [...seen].flatMap((key) => {
    const why = whyUnexplained(facts, key);
    return why ? [`${key} ${why}`] : [];
  });
}

function whyUnexplained(facts: Facts, key: string): string | undefined {
  const calls = facts.callsByKey.get(key) ?? [];
  const asked = new Set(calls.map(({ service, route }) => (service === 'merchant' ? service : route)));
  if (asked.has(hearing))
    return /^paystack\/[^/]+\/.+$/.test(key) ? undefined : 'is not of the form paystack/<event>/<id>';
  if (asked.has('merchant')) {
    const delivery = facts.deliveries.get(key);
    const sent = delivery && runsOf(delivery).some((run) => began(run, 'sendWebhook'));
    return sent ? undefined : 'is no event that a run has sent';
  }
  const read = readKey(key);
  if (!read) return 'is not of the form <workflow id>/<step>[/<n>]';
  const runs = facts.runs.get(read.workflowId);
  const run = runs?.at(-1);
  if (!runs || !run) return 'belongs to no run';
  if (!stepsOfContract(facts, run.type).has(read.step)) return `names no step of ${run.type}`;
  const traced = runs.some(({ steps }) => steps.some(({ step }) => step === read.step));
  if (traced || runs.some(mayHaveBeenFurther)) return undefined;
  return 'names a step that the history does not know';
}

function stepsOfContract(facts: Facts, type: string): Set<string> {
  return new Set(
    Object.entries(wordsOf(facts, type)?.steps ?? {}).flatMap(([step, { undoneBy }]) =>
      undoneBy === undefined ? [step] : [step, undoneBy],
    ),
  );
}

/** Steps that were completed, and that nobody outside ever heard of. Reads and talks with Temporal leave no effect. */
function unseenKeys(facts: Facts): string[] {
  const withEffect = new Set(
    facts.expectations.contracts.flatMap(({ steps }) =>
      Object.entries(steps).flatMap(([step, { undoneBy }]) => (undoneBy === undefined ? [] : [step, undoneBy])),
    ),
  );
  return latestRuns(facts).flatMap(({ workflowId, steps }) =>
    steps
      .filter(({ step, state }) => state === 'completed' && withEffect.has(step))
      .map(({ step, key }) => key ?? `${workflowId}/${step}`)
      .filter((key) => !facts.callsByKey.has(key))
      .map((key) => `${key} was completed and never reached a service`),
  );
}

const seqs = (entries: readonly JournalEntry[]) => entries.map(({ seq }) => seq).join(', ');
