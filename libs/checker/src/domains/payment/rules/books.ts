import { chargeReference } from '@longhaul/contracts';
import { rowsOf, type Row } from '../../../rows.ts';
import type { Invariant } from '../../../rule.ts';
import { inWords, same } from '../../../values.ts';
import type { Facts } from '../facts.ts';
import { unlike } from '../facts/accounts.ts';
import type { Payment } from '../facts/payments.ts';

export const bookRules: readonly Invariant<Facts>[] = [
  {
    id: 'payment 9',
    says: 'Our records and those of the card gateway agree on each charge and refund.',
    find: (facts) => [
      ...rowsOf(facts, 'payment-completed').flatMap((row) => wrongCompletion(facts, row)),
      ...rowsOf(facts, 'wallet-credited')
        .filter(({ reference }) => !facts.charges.has(reference))
        .map(({ reference, user }) => `${reference} was credited to ${user}, and the gateway has no such charge`),
      ...rowsOf(facts, 'refund-settled').flatMap((row) => wrongSettlement(facts, row)),
      ...[...facts.payments.values()].flatMap((payment) => [...unbooked(payment), ...otherRecord(payment)]),
      ...otherTopUps(facts),
      ...wrongGatewayAccount(facts),
    ],
  },
];

function wrongCompletion({ charges }: Facts, { paymentId, reference, money }: Row<'payment-completed'>): string[] {
  if (chargeReference.runOf(reference) !== `payment-${paymentId}`) {
    return [`payment ${paymentId} was completed with ${reference}, which is another's charge`];
  }
  const taken = charges.get(reference)?.taken;
  if (!taken) return [`payment ${paymentId} was completed, and the gateway took nothing for ${reference}`];
  return same(taken, money)
    ? []
    : [`payment ${paymentId} was completed with ${inWords(money)}, the gateway took ${inWords(taken)}`];
}

function wrongSettlement({ payments }: Facts, row: Row<'refund-settled'>): string[] {
  if (row.state !== 'processed') return [];
  const { paymentId, refundId, gatewayRefundId, money } = row;
  const refunds = payments.get(paymentId)?.charges.flatMap(({ transaction }) => transaction.refunds) ?? [];
  const refund = refunds.find(({ id }) => id === gatewayRefundId);
  const what = `refund ${refundId} of ${paymentId}`;
  if (!refund) return [`${what} was settled, and the gateway has no refund [${gatewayRefundId}] of it`];
  return refund.status === 'processed' && same(refund.money, money)
    ? []
    : [`${what} was settled with ${inWords(money)}, at the gateway it is ${inWords(refund.money)} [${refund.status}]`];
}

/** Refunds of a completed payment that are at the gateway and not in its record. */
function unbooked({ paymentId, charges, record, refunds }: Payment): string[] {
  if (record?.state !== 'completed' || refunds.some(({ excused }) => excused)) return [];
  return charges
    .flatMap(({ transaction }) => transaction.refunds)
    .filter(({ status }) => status === 'processed')
    .filter(({ id }) => !record.refunds.some((own) => own.gatewayRefundId === id && own.state === 'processed'))
    .map(
      ({ id, money }) => `payment ${paymentId} gave back ${inWords(money)} at the gateway [${id}], not in its record`,
    );
}

/** Compares the run's input and outcome with the record. */
function otherRecord({ paymentId, record, input, outcome, excused }: Payment): string[] {
  if (!outcome || excused) return [];
  const said = {
    ...input,
    ...(outcome.money && { money: outcome.money }),
    state: outcome.status,
    reference: outcome.reference ?? null,
  };
  const { user, merchant, money, state } = record ?? {};
  const reference = state === 'completed' ? record?.reference : null;
  return same({ user, merchant, money, state, reference }, said)
    ? []
    : [
        `payment ${paymentId} of ${inWords(said.money)} ended [${said.state}], on record is ${inWords(money)} [${state}]`,
      ];
}

/** A top-up that was credited late had expired: only its `top-up-closed` effect still says so, not its record. */
function otherTopUps(facts: Facts): string[] {
  const closings = new Map(rowsOf(facts, 'top-up-closed').map(({ topUpId, state }) => [topUpId, state]));
  return [...facts.topUps.values()].flatMap(({ topUpId, record, input, outcome, charges, excused }) => {
    if (!outcome || excused) return [];
    const closed = outcome.status === 'credited' ? undefined : outcome.status;
    const credited = charges.some(({ credits }) => credits.length > 0);
    const said = { user: input?.userId, money: input?.money, state: credited ? 'credited' : closed, closed };
    const { user, money, state } = record ?? {};
    const closing = closings.get(topUpId);
    if (same({ user, money, state, closed: closing }, said)) return [];
    const onRecord = `${inWords(money)} [${state}], closed as [${closing}]`;
    return [`top-up ${topUpId} of ${inWords(said.money)} ended [${outcome.status}], on record is ${onRecord}`];
  });
}

/** The gateway owes us what it took for completed payments and credits, minus what it refunded of them. */
function wrongGatewayAccount(facts: Facts): string[] {
  const completed = facts.sandbox.payments.filter(({ state }) => state === 'completed');
  const back = completed.flatMap(({ refunds }) => refunds.filter(({ state }) => state === 'processed'));
  const taken = [...completed, ...rowsOf(facts, 'wallet-credited')];
  return unlike(facts.sandbox.ledger, 'gateway:paystack', [
    ...taken.map(({ money: { amount, currency } }) => ({ amount: -amount, currency })),
    ...back.map(({ money }) => money),
  ]);
}
