import { z } from 'zod';
import { done, operation, refused, type Outcome, type ServiceRoutes } from '../../http/operation.ts';
import { Money, Name, Reference } from '../../values.ts';
import { cardGateway, lockAccount, merchantAccount, transfer } from './ledger.ts';
import { alreadyUndone, markUndone, open } from './marks.ts';
import { eventTold, tellMerchant, toldHow } from './merchant-events.ts';
import { lockPayment, readPayment, sameMoney, writePayment } from './payment-records.ts';

const about = { user: Name, merchant: Name, money: Money, madeBy: Name.optional() };

/** Payments of users to merchants. Every user and merchant exists. */
export function paymentsRoutes(): ServiceRoutes {
  return {
    operations: [
      operation({
        route: 'POST /payments/:paymentId/opening',
        body: z.strictObject(about),
        async work({ params: { paymentId = '' }, body: { madeBy, ...body }, tx }) {
          const opened = await open(tx, 'payment', paymentId);
          if (opened === 'undone') return alreadyUndone('payment', paymentId);
          if (opened === 'known') {
            return refused(409, 'payment-exists', `The payment was opened before, under another key [${paymentId}]`);
          }
          await writePayment(tx, { paymentId, madeBy, ...body }, 'processing');
          return done(201, { state: 'processing' }, [{ effect: 'payment-opened', paymentId, ...body }]);
        },
      }),

      operation({
        route: 'POST /payments/:paymentId/completion',
        body: z.strictObject({ reference: Reference, money: Money }),
        async work({ params: { paymentId = '' }, body: { reference, money }, tx, now }) {
          const payment = await lockPayment(tx, paymentId);
          if (payment?.state !== 'processing') {
            const state = payment?.state ?? 'unknown';
            return refused(409, 'payment-not-processing', `The payment is not processed [${paymentId}: ${state}]`);
          }
          if (!sameMoney(money, payment.money)) return amountMismatch(paymentId);
          const { merchant } = payment;
          await tx.query(`update payments set state = 'completed', reference = $2 where payment_id = $1`, [
            paymentId,
            reference,
          ]);
          const told = await tellMerchant(tx, { paymentId, merchant, type: 'payment.completed', money }, now);
          await lockAccount(tx, merchantAccount(merchant), money.currency);
          await transfer(tx, { from: cardGateway, to: merchantAccount(merchant), money });
          return done(201, told, [{ effect: 'payment-completed', paymentId, reference, money, ...told }]);
        },
      }),

      operation({
        route: 'POST /payments/:paymentId/closing',
        body: z.strictObject({
          state: z.enum(['declined', 'failed', 'cancelled', 'invalid']),
          reason: z.string().min(1).max(1_000),
          chargeReturned: z.boolean().default(false),
          ...about,
        }),
        async work({ params: { paymentId = '' }, body: { state, reason, chargeReturned, ...given }, tx, now }) {
          await markUndone(tx, 'payment', paymentId);
          const payment = await lockPayment(tx, paymentId);
          const type = `payment.${state}`;
          if (payment?.state === state) return done(201, await eventTold(tx, { paymentId, type }));
          if (payment?.state === 'completed') {
            if (state === 'declined' || state === 'invalid') {
              return refused(409, 'payment-completed', `The payment is completed [${paymentId}]`);
            }
            // It may have been completed by a call whose answer was lost: that is reversed.
            if (payment.left < payment.money.amount) {
              return refused(409, 'payment-refunding', `A refund of the payment has been asked for [${paymentId}]`);
            }
            await lockAccount(tx, merchantAccount(payment.merchant), payment.money.currency);
            await transfer(tx, { from: merchantAccount(payment.merchant), to: cardGateway, money: payment.money });
          } else if (payment && payment.state !== 'processing') {
            return refused(409, 'payment-closed', `The payment was closed before [${paymentId}: ${payment.state}]`);
          }
          if (!payment) await writePayment(tx, { paymentId, ...given }, state);
          await tx.query(`update payments set state = $2, reason = $3, charge_returned = $4 where payment_id = $1`, [
            paymentId,
            state,
            reason,
            chargeReturned,
          ]);
          const { merchant, money } = payment ?? given;
          const told = await tellMerchant(tx, { paymentId, merchant, type, money, reason }, now);
          return done(201, told, [{ effect: 'payment-closed', paymentId, state, reason, ...told }]);
        },
      }),
    ],

    reads: [
      {
        route: 'GET /payments/:paymentId',
        async work({ params: { paymentId = '' }, tx }) {
          const payment = await readPayment(tx, paymentId);
          if (!payment) return refused(404, 'not-found', `There is no such payment [${paymentId}]`);
          const eventId = await toldHow(tx, { paymentId, type: `payment.${payment.state}` });
          // `left` is internal; an undefined field is not sent.
          return done(200, { ...payment, left: undefined, eventId });
        },
      },
      {
        route: 'GET /customers/:user',
        work: ({ params: { user = '' } }) =>
          Promise.resolve(done(200, { email: `${user}@passengers.longhaul.test`, authorization: `AUTH_${user}` })),
      },
    ],
  };
}

const amountMismatch = (paymentId: string): Outcome =>
  refused(409, 'amount-mismatch', `What was charged is not what the payment is about [${paymentId}]`);
