import { type Ride, thingOf } from '../../domains/booking/facts/rides.ts';
import { wrongClosings } from '../../domains/payment/undos.ts';
import type { Invariant } from '../../rule.ts';
import type { JournalEntry } from '../../sandbox-evidence.ts';
import { groupBy } from '../../values.ts';
import { type Facts, wordsOf } from '../facts.ts';
import { began, completed, mayHaveBeenFurther } from '../run-state.ts';

const deeds = ['seat-held', 'charge-captured', 'booking-confirmed', 'passenger-listed'] as const;
const undoOf = {
  'seat-released': 'seat-held',
  'charge-refunded': 'charge-captured',
  'charge-voided': 'charge-captured',
  'booking-cancelled': 'booking-confirmed',
  'passenger-removed': 'passenger-listed',
} as const;
type Deed = (typeof deeds)[number];

export const undoRules: readonly Invariant[] = [
  {
    id: 'X7',
    says: 'An undo runs if and only if its step may have happened, and no step is applied after its undo.',
    find: (facts) => [
      ...deeds.flatMap((deed) => wrongOrder(facts.journal, deed)),
      ...facts.rides.flatMap((ride) => wrongUndos(facts, ride)),
      ...wrongClosings(facts),
    ],
  },
];

/** Plays one kind of thing through the journal: whether each undo found what was there. */
function wrongOrder(journal: readonly JournalEntry[], deed: Deed): string[] {
  const things = groupBy(
    journal.filter((entry) => entry.effect === deed || deedUndoneBy(entry) === deed),
    thingOf,
  );
  return [...things].flatMap(([id, entries]) => {
    const wrong: string[] = [];
    let done = false;
    let undone = false;
    for (const entry of entries) {
      const where = `[journal ${entry.seq}]`;
      if (entry.effect === deed) {
        if (undone) wrong.push(`${entry.effect} ${id} after it had been undone ${where}`);
        done = true;
      } else {
        if (foundSomething(entry) && !done)
          wrong.push(`${entry.effect} ${id} took back what had not happened ${where}`);
        if (!foundSomething(entry) && done && !undone && !lapsed(journal, id)) {
          wrong.push(`${entry.effect} ${id} found nothing although it was there ${where}`);
        }
        undone = true;
      }
    }
    return wrong;
  });
}

function deedUndoneBy({ effect }: JournalEntry): Deed | undefined {
  return effect in undoOf ? undoOf[effect as keyof typeof undoOf] : undefined;
}

function foundSomething(entry: JournalEntry): boolean {
  return 'existed' in entry ? entry.existed : entry.effect === 'charge-refunded';
}

const lapsed = (journal: readonly JournalEntry[], holdId: string) =>
  journal.some((entry) => entry.effect === 'hold-lapsed' && entry.holdId === holdId);

/** The run's own undos against its own steps, as its history tells them. */
function wrongUndos(facts: Facts, { run, outcome, ended, excused }: Ride): string[] {
  if (!ended) return [];
  const confirmed = outcome?.status === 'confirmed';
  return Object.entries(wordsOf(facts, run.type)?.steps ?? {}).flatMap(([step, { undoneBy }]) => {
    if (undoneBy === undefined || excused.has(undoneBy)) return [];
    const key = `${run.workflowId}/${undoneBy}`;
    const undone = began(run, undoneBy) || facts.effectsByKey.has(key);
    if (confirmed) return undone ? [`${key} ran although ${run.workflowId} is confirmed`] : [];
    const mayHaveHappened = began(run, step) || facts.effectsByKey.has(`${run.workflowId}/${step}`);
    if (mayHaveHappened && !completed(run, undoneBy)) return [`${key} is missing: ${step} may have happened`];
    // A run that stops early may have been further in a task that its worker did not survive: no history tells of that.
    const stoppedEarly = mayHaveBeenFurther(run) || outcome?.status === 'failed';
    return undone && !mayHaveHappened && !stoppedEarly ? [`${key} ran although ${step} never did`] : [];
  });
}
