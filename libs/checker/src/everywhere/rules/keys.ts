import type { Invariant } from '../../rule.ts';
import type { JournalEntry } from '../../sandbox-evidence.ts';
import { latestRuns, type Facts } from '../facts.ts';
import { readKey } from '../keys.ts';
import { mayHaveBeenFurther } from '../run-state.ts';
import { stepsOf } from '../steps-of.ts';

export const keyRules: readonly Invariant[] = [
  {
    id: 'X3',
    says: 'Each key has at most one effect downstream, and each key that services saw is explained by a history.',
    snapshot: true,
    find: (facts) => [
      ...[...facts.effectsByKey]
        .filter(([, effects]) => effects.length > 1)
        .map(([key, effects]) => `${key} had ${effects.length} effects [journal ${seqs(effects)}]`),
      ...facts.asked
        .filter(({ key }) => key === null)
        .map(({ effect, seq }) => `${effect} happened without a key [journal ${seq}]`),
      ...facts.views.flatMap(({ keys }) => keys?.misnamed ?? []),
      ...(facts.expectations.snapshot ? [] : [...unexplainedKeys(facts), ...unseenKeys(facts)]),
    ],
  },
];

function unexplainedKeys(facts: Facts): string[] {
  const seen = new Set([...facts.journal, ...facts.sandbox.calls].flatMap(({ key }) => key ?? []));
  return [...seen].flatMap((key) => {
    const why = whyUnexplained(facts, key);
    return why ? [`${key} ${why}`] : [];
  });
}

function whyUnexplained(facts: Facts, key: string): string | null {
  const calls = facts.callsByKey.get(key) ?? [];
  for (const { keys } of facts.views) {
    const why = keys?.whyUnexplained(key, calls);
    if (why !== undefined) return why;
  }
  const read = readKey(key);
  if (!read) return 'is not of the form <workflow id>/<step>[/<n>]';
  const runs = facts.runs.get(read.workflowId);
  const run = runs?.at(-1);
  if (!runs || !run) return 'belongs to no run';
  if (!stepsOf(facts.expectations.contracts, run.type).includes(read.step)) return `names no step of ${run.type}`;
  const traced = runs.some(({ steps }) => steps.some(({ step }) => step === read.step));
  if (traced || runs.some((each) => mayHaveBeenFurther(facts, each))) return null;
  return 'names a step that the history does not know';
}

/** Completed steps that reached no service. Reads and calls to Temporal are skipped, because they have no effect. */
function unseenKeys(facts: Facts): string[] {
  const withEffect = new Set(
    facts.expectations.contracts.flatMap(({ steps }) =>
      Object.entries(steps).flatMap(([step, { undoneBy }]) => (undoneBy === undefined ? [] : [step, undoneBy])),
    ),
  );
  return latestRuns(facts).flatMap(({ workflowId, steps }) =>
    steps
      .filter(({ step, state }) => state === 'completed' && withEffect.has(step))
      .filter(({ result }) => !facts.views.some(({ heldBack }) => heldBack?.(result)))
      .map(({ step, key }) => key ?? `${workflowId}/${step}`)
      .filter((key) => !facts.callsByKey.has(key))
      .map((key) => `${key} was completed and never reached a service`),
  );
}

const seqs = (entries: readonly JournalEntry[]) => entries.map(({ seq }) => seq).join(', ');
