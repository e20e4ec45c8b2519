import type { Money as Amount } from '@longhaul/checker';
import { z } from 'zod';
import type { Queries } from '../../database/queries.ts';
import { done, operation, refused, type Outcome, type ServiceRoutes } from '../../http/operation.ts';
import { Money, Name } from '../../values.ts';
import { isDisputed } from './disputes.ts';
import { cardGateway, lockAccount, merchantAccount, refundsPending, transfer } from './ledger.ts';
import { eventTold, tellMerchant, toldHow } from './merchant-events.ts';
import { lockPayment, readPayment, type Payment } from './payment-records.ts';

/** Refunds of payments: reserved first, then settled with the result of the card gateway's refund. */
export function paymentRefundsRoutes(): ServiceRoutes {
  return {
    operations: [
      operation({
        route: 'POST /payments/:paymentId/refunds',
        body: z.strictObject({ refundId: Name, madeBy: Name.optional(), money: Money.optional() }),
        async work({ params: { paymentId = '' }, body: { refundId, money: wanted }, tx }) {
          const payment = await lockPayment(tx, paymentId);
          if (!payment) return refused(404, 'payment-not-found', `There is no such payment [${paymentId}]`);
          const problem = await whyNot(tx, payment, refundId, wanted);
          if (problem) return problem;
          const money = wanted ?? { amount: payment.left, currency: payment.money.currency };
          const account = merchantAccount(payment.merchant);
          if ((await lockAccount(tx, account, money.currency)).balance < money.amount) {
            return refused(409, 'exceeds-paid', `The merchant does not have what is to go back [${refundId}]`);
          }
          await tx.query(`update payments set reserved = reserved + $2 where payment_id = $1`, [
            paymentId,
            money.amount,
          ]);
          await tx.query(
            `insert into payment_refunds (payment_id, refund_id, amount, state) values ($1, $2, $3, 'reserved')`,
            [paymentId, refundId, money.amount],
          );
          await transfer(tx, { from: account, to: refundsPending, money });
          const effect = { effect: 'refund-requested', paymentId, refundId, money } as const;
          return done(201, { reference: payment.reference, money }, [effect]);
        },
      }),

      operation({
        route: 'POST /payments/:paymentId/refunds/:refundId/settlement',
        body: z.strictObject({
          state: z.enum(['processed', 'failed']),
          gatewayRefundId: z.string().max(200).nullable(),
        }),
        async work({ params: { paymentId = '', refundId = '' }, body: { state, gatewayRefundId }, tx, now }) {
          const payment = await lockPayment(tx, paymentId);
          const refund = await findRefund(tx, paymentId, refundId);
          if (!payment || !refund) {
            return refused(404, 'refund-not-found', `There is no such refund [${paymentId}, ${refundId}]`);
          }
          const type = `refund.${state}`;
          if (refund.state === state) return done(201, await eventTold(tx, { paymentId, type, refundId }));
          if (refund.state !== 'reserved') {
            return refused(409, 'refund-settled', `The refund was settled before [${refundId}: ${refund.state}]`);
          }
          const money = { amount: refund.amount, currency: payment.money.currency };
          const back = state === 'processed' ? money.amount : 0;
          await settle(tx, { paymentId, refundId, state, gatewayRefundId, reserved: money.amount, back });
          const refunded = { ...payment.refunded, amount: payment.refunded.amount + back };
          const { merchant } = payment;
          const told = await tellMerchant(tx, { paymentId, merchant, type, money, refundId, refunded }, now);
          const to = state === 'processed' ? cardGateway : merchantAccount(merchant);
          await transfer(tx, { from: refundsPending, to, money });
          const settled = { effect: 'refund-settled', paymentId, refundId, state, money, gatewayRefundId } as const;
          return done(201, told, [{ ...settled, ...told }]);
        },
      }),
    ],

    reads: [
      {
        route: 'GET /payments/:paymentId/refunds/:refundId',
        async work({ params: { paymentId = '', refundId = '' }, tx }) {
          const [refund, payment] = [await findRefund(tx, paymentId, refundId), await readPayment(tx, paymentId)];
          if (!refund || !payment)
            return refused(404, 'not-found', `There is no such refund [${paymentId}: ${refundId}]`);
          const { amount, state, gatewayRefundId } = refund;
          const { merchant, reference, money } = payment;
          const eventId = await toldHow(tx, { paymentId, refundId });
          return done(200, { state, money: { ...money, amount }, reference, merchant, gatewayRefundId, eventId });
        },
      },
    ],
  };
}

async function whyNot(
  tx: Queries,
  payment: Payment,
  refundId: string,
  wanted: Amount | undefined,
): Promise<Outcome | undefined> {
  const { paymentId, money, left, state, reference } = payment;
  if (await findRefund(tx, paymentId, refundId)) {
    return refused(409, 'refund-exists', `The refund was asked for before, under another key [${refundId}]`);
  }
  if (state !== 'completed') {
    return refused(409, 'payment-not-completed', `Nothing was paid [${paymentId}: ${state}]`);
  }
  if (reference !== null && (await isDisputed(tx, reference))) {
    return refused(409, 'payment-disputed', `The payer has asked their bank for the money [${paymentId}]`);
  }
  if (wanted && wanted.currency !== money.currency) {
    return refused(409, 'currency-mismatch', `The payment was in ${money.currency}, the refund is not [${refundId}]`);
  }
  if (left === 0) return refused(409, 'nothing-left', `All that was paid has gone back [${paymentId}]`);
  if (wanted && wanted.amount > left) {
    return refused(409, 'exceeds-paid', `The refund is more than what is left [${refundId}, left: ${left}]`);
  }
  return undefined;
}

interface Refund {
  readonly amount: number;
  readonly state: 'reserved' | 'processed' | 'failed';
  readonly gatewayRefundId: string | null;
}

async function findRefund(tx: Queries, paymentId: string, refundId: string): Promise<Refund | undefined> {
  const [refund] = await tx.query<Refund>(
    `select amount, state, gateway_refund_id as "gatewayRefundId" from payment_refunds where payment_id = $1 and refund_id = $2`,
    [paymentId, refundId],
  );
  return refund;
}

interface Settlement {
  readonly paymentId: string;
  readonly refundId: string;
  readonly state: 'processed' | 'failed';
  readonly gatewayRefundId: string | null;
  /** The amount that is no longer reserved, in minor units. */
  readonly reserved: number;
  /** The part of it that was refunded. */
  readonly back: number;
}

async function settle(tx: Queries, { paymentId, refundId, state, gatewayRefundId, reserved, back }: Settlement) {
  await tx.query(
    `update payment_refunds set state = $3, gateway_refund_id = $4 where payment_id = $1 and refund_id = $2`,
    [paymentId, refundId, state, gatewayRefundId],
  );
  await tx.query(`update payments set reserved = reserved - $2, refunded = refunded + $3 where payment_id = $1`, [
    paymentId,
    reserved,
    back,
  ]);
}
