import type { JournalEntry } from '../../evidence.ts';
import { isAskedFor, latestRuns, readKey, wordsOf, type Facts } from '../facts.ts';
import type { Invariant } from '../rule.ts';
import { mayHaveBeenFurther } from '../run-state.ts';

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
        .filter((entry) => entry.key === null && isAskedFor(entry))
        .map(({ effect, seq }) => `${effect} came about without a key [journal ${seq}]`),
      ...(facts.expectations.snapshot ? [] : [...unexplainedKeys(facts), ...unseenKeys(facts)]),
    ],
  },
];

function unexplainedKeys(facts: Facts): string[] {
  const seen = new Set([...facts.effectsByKey.keys(), ...facts.callsByKey.keys()]);
  return [...seen].flatMap((key) => {
    const why = whyUnexplained(facts, key);
    return why ? [`${key} ${why}`] : [];
  });
}

function whyUnexplained(facts: Facts, key: string): string | undefined {
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
