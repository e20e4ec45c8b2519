import type { Invariant } from '../../rule.ts';
import type { JournalEntry } from '../../sandbox-evidence.ts';
import { groupBy } from '../../values.ts';
import { contractOf, type Facts } from '../facts.ts';
import { began, completed, hasEnded, mayHaveBeenFurther } from '../run-state.ts';
import type { Deed, Story, View } from '../view.ts';

export const undoRules: readonly Invariant[] = [
  {
    id: 'X7',
    says: 'An undo runs if and only if its step may have happened, and no step takes effect after its undo.',
    find: (facts) =>
      facts.views.flatMap((view) => [
        ...view.deeds.flatMap((deed) => wrongOrder(facts.journal, deed)),
        ...view.stories.flatMap((story) => wrongUndos(facts, view, story)),
      ]),
  },
];

/** Replays the journal for one kind of thing: whether each undo found what it had to reverse. */
function wrongOrder(journal: readonly JournalEntry[], deed: Deed): string[] {
  const kinds = new Set([...deed.effects, ...deed.undos]);
  const things = groupBy(
    journal.filter(({ effect }) => kinds.has(effect)),
    deed.thing,
  );
  return [...things].flatMap(([id, entries]) => {
    const wrong: string[] = [];
    let done = false;
    let undone: string | undefined;
    for (const entry of entries) {
      const what = `${entry.effect} of ${id}`;
      const where = `[journal ${entry.seq}]`;
      if (deed.effects.includes(entry.effect)) {
        if (undone) wrong.push(`${what} after it had been ${undone} ${where}`);
        done = true;
        continue;
      }
      const found = deed.found?.(entry);
      if (found && !done) wrong.push(`${what} reversed what had not happened ${where}`);
      if (found !== undefined && !found && done && !undone && !hasLapsed(journal, deed, id)) {
        wrong.push(`${what} found nothing although it was there ${where}`);
      }
      undone = entry.effect.replace(/^.*-/, '');
    }
    return wrong;
  });
}

const hasLapsed = (journal: readonly JournalEntry[], { lapses, thing }: Deed, id: string) =>
  lapses !== undefined && journal.some((entry) => lapses(entry) && thing(entry) === id);

/** Compares the undos of the run with its steps, according to its history. */
function wrongUndos(facts: Facts, { undosBy = {}, takenAnyway = [] }: View, story: Story): string[] {
  const { run, outcome, kept, excuses } = story;
  if (!hasEnded(run)) return [];
  return Object.entries(contractOf(facts, run.type)?.steps ?? {}).flatMap(([step, { undoneBy }]) => {
    if (undoneBy === undefined || excuses(undoneBy)) return [];
    const key = `${run.workflowId}/${undoneBy}`;
    const undone = began(run, undoneBy) || facts.effectsByKey.has(key);
    if (kept) return undone ? [`${key} ran although ${run.workflowId} succeeded`] : [];
    const judge = undosBy[undoneBy];
    if (judge) return judge(story, key, undone);
    const mayHaveHappened = began(run, step) || facts.effectsByKey.has(`${run.workflowId}/${step}`);
    if (mayHaveHappened && !completed(run, undoneBy)) return [`${key} is missing: ${step} may have happened`];
    // If a worker died in a task and the run then stopped early, steps may be missing in the history.
    const stoppedEarly = mayHaveBeenFurther(facts, run) || outcome?.status === 'failed';
    const needless = undone && !mayHaveHappened && !stoppedEarly && !takenAnyway.includes(undoneBy);
    return needless ? [`${key} ran although ${step} never did`] : [];
  });
}
