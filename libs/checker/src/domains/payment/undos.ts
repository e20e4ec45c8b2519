import { type Facts, wordsOf } from '../../everywhere/facts.ts';
import { began, completed } from '../../everywhere/run-state.ts';
import type { RunEvidence } from '../../evidence.ts';
import { rowsOf } from '../../rows.ts';
import { inWords } from '../../values.ts';
import { type Charge, goneBack } from './facts/charges.ts';

/** Payments and top-ups have no undo but their closing, and money that goes back. */
export function wrongClosings(facts: Facts): string[] {
  return [...doneWhenClosed(facts), ...stories(facts).flatMap((story) => wrongUndos(facts, story))];
}

function doneWhenClosed(facts: Facts): string[] {
  const closed = new Map<string, number>([
    ...rowsOf(facts, 'payment-closed').map(({ paymentId, seq }) => [`payment ${paymentId}`, seq] as const),
    ...rowsOf(facts, 'top-up-closed').map(({ topUpId, seq }) => [`top-up ${topUpId}`, seq] as const),
  ]);
  return [
    ...rowsOf(facts, 'payment-opened'),
    ...rowsOf(facts, 'payment-completed'),
    ...rowsOf(facts, 'top-up-opened'),
  ].flatMap((row) => {
    const what = 'paymentId' in row ? `payment ${row.paymentId}` : `top-up ${row.topUpId}`;
    return row.seq > (closed.get(what) ?? Infinity)
      ? [`${row.effect} of ${what} after it had been closed [journal ${row.seq}]`]
      : [];
  });
}

interface Story {
  readonly run: RunEvidence;
  /** It came to what it was begun for. */
  readonly kept: boolean;
  readonly charges: readonly Charge[];
}

/** Those that have ended, and that no person had a hand in. */
function stories({ payments, topUps }: Facts): Story[] {
  return [...payments.values(), ...topUps.values()].flatMap(({ run, outcome, charges, excused }) => {
    if (!run || !outcome || excused) return [];
    return [{ run, charges, kept: outcome.status === 'completed' || outcome.status === 'credited' }];
  });
}

function wrongUndos(facts: Facts, { run, kept, charges }: Story): string[] {
  return Object.entries(wordsOf(facts, run.type)?.steps ?? {}).flatMap(([step, { undoneBy }]) => {
    if (undoneBy === undefined) return [];
    const key = `${run.workflowId}/${undoneBy}`;
    const undone = began(run, undoneBy) || facts.effectsByKey.has(key);
    if (kept) return undone ? [`${key} ran although ${run.workflowId} came to its end`] : [];
    if (undoneBy === 'sendRefund') return wrongSendingBack(charges, key, undone);
    // A closing also writes down how it ended, so that it comes without an opening, too.
    const mayHaveHappened = began(run, step) || facts.effectsByKey.has(`${run.workflowId}/${step}`);
    return mayHaveHappened && !completed(run, undoneBy) ? [`${key} is missing: ${step} may have happened`] : [];
  });
}

function wrongSendingBack(charges: readonly Charge[], key: string, undone: boolean): string[] {
  if (undone && !charges.some(({ taken }) => taken)) return [`${key} ran although nothing had been taken`];
  return charges
    .filter((charge) => charge.taken && !charge.excused && goneBack(charge) !== charge.taken.amount)
    .map(
      (charge) =>
        `${key} is missing: ${charge.reference} took ${inWords(charge.taken)} and gave back ${goneBack(charge)}`,
    );
}
