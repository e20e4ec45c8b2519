import { rowsOf } from '../../../rows.ts';
import type { Invariant } from '../../../rule.ts';
import { groupBy, inWords, repeated, same, sum, type Money } from '../../../values.ts';
import type { Facts } from '../facts.ts';
import { goneBack, type Charge } from '../facts/charges.ts';
import type { Payment } from '../facts/payments.ts';

export const chargeRules: readonly Invariant<Facts>[] = [
  {
    id: 'payment 4',
    says: 'A charge is captured at most once, with the amount that counts as taken.',
    find: (facts) => [
      ...repeated(rowsOf(facts, 'charge-captured'), ({ chargeId }) => chargeId).map(
        ([chargeId, captures]) => `${chargeId} was captured ${captures.length} times`,
      ),
      ...wrongCaptures(facts),
    ],
  },
  {
    id: 'payment 5',
    says: 'A captured charge has completed a payment or credited a wallet, was refunded in full, or waits for a person.',
    find: ({ charges }) => [...charges.values()].flatMap(whatBecameOf),
  },
  {
    id: 'payment 6',
    says: 'No charge and no payment is refunded beyond what was taken.',
    snapshot: true,
    find: (facts) => [
      ...faresOverpaid(facts),
      ...[...facts.charges.values()].flatMap(({ reference, taken, transaction }) => {
        const back = transaction.refunds.filter(({ status }) => status !== 'failed');
        return overpaid(reference, taken, back);
      }),
      ...[...facts.payments.values()].flatMap(recordOverpaid),
    ],
  },
];

/** Compares the card gateway's journal with its table. */
function wrongCaptures(facts: Facts): string[] {
  const cards = rowsOf(facts, 'card-charged').filter(({ status }) => status === 'success');
  const captures = groupBy([...cards, ...rowsOf(facts, 'checkout-paid')], ({ reference }) => reference);
  return [...new Set([...captures.keys(), ...facts.charges.keys()])].flatMap((reference) => {
    const paid = (captures.get(reference) ?? []).map(({ money }) => money);
    const taken = facts.charges.get(reference)?.taken;
    if (paid.length > 1) return [`${reference} was paid ${paid.length} times`];
    return same(paid, taken ? [taken] : [])
      ? []
      : [`${reference} was paid ${inWords(paid[0])}, taken for it is ${inWords(taken)}`];
  });
}

function whatBecameOf(charge: Charge): string[] {
  const { reference, taken, completes, credits, transaction, excused } = charge;
  // Refunds of a completed payment are requested by its merchant, and checked by payment 17.
  if (!taken || excused || completes) return [];
  const back = goneBack(charge);
  if (credits.length === 0) {
    return back === taken.amount ? [] : [`${reference} took ${inWords(taken)} for nothing, and gave back ${back}`];
  }
  const sentBack = transaction.refunds.some(({ status }) => status !== 'failed');
  return sentBack ? [`${reference} is in a wallet, and was sent back as well`] : [];
}

function overpaid(what: string, taken: Money | null, back: readonly { readonly money: Money }[]): string[] {
  const gave = sum(back.map(({ money }) => money.amount));
  const foreign = back.filter(({ money }) => money.currency !== taken?.currency);
  return [
    ...(gave > (taken?.amount ?? 0) ? [`${what} took ${inWords(taken)} and gave back ${gave}`] : []),
    ...(taken ? foreign.map(({ money }) => `${what} took ${inWords(taken)} and gave back ${inWords(money)}`) : []),
  ];
}

function recordOverpaid({ paymentId, record }: Payment): string[] {
  if (!record) return [];
  const back = record.refunds.filter(({ state }) => state !== 'failed');
  return overpaid(`payment ${paymentId}`, record.reference === null ? null : record.money, back);
}

function faresOverpaid(facts: Facts): string[] {
  const captured = groupBy(rowsOf(facts, 'charge-captured'), ({ chargeId }) => chargeId);
  return [...groupBy(rowsOf(facts, 'charge-refunded'), ({ chargeId }) => chargeId)].flatMap(([chargeId, refunds]) => {
    const took = sum((captured.get(chargeId) ?? []).map(({ money }) => money.amount));
    const gave = sum(refunds.map(({ money }) => money.amount));
    return gave > took ? [`${chargeId} took ${took} and gave back ${gave}`] : [];
  });
}
