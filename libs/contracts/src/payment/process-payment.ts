import { z } from 'zod';
import { defineWorkflow, Queue } from '../contract.ts';
import { cancelMessage, CancelRequest, resolveMessage, ResolveRequest } from '../messages.ts';
import { Money, PositiveMoney } from '../money.ts';
import { BusinessKey, Label } from '../values.ts';
import { paymentIdOf, paymentRunId } from './ids.ts';

export const ProcessPaymentInput = z.object({
  /** The payer's key: another payer's of the same letters is another one. */
  paymentId: BusinessKey,
  /** Who pays. The payment service knows their mail address and their saved card; neither travels through here. */
  user: BusinessKey,
  /** Who is paid, and told what becomes of it. */
  merchant: BusinessKey,
  money: PositiveMoney,
  description: Label.optional(),
});
export type ProcessPaymentInput = z.infer<typeof ProcessPaymentInput>;

/** Why a payment of the right form cannot be made. */
export const PaymentFlaw = z.enum(['currency-not-accepted', 'amount-below-minimum', 'amount-above-limit']);
export type PaymentFlaw = z.infer<typeof PaymentFlaw>;

/** The event that tells the merchant; null when there was nobody to tell. Its delivery is the run `webhook-<event id>`. */
const told = { eventId: z.string().nullable() };

export const ProcessPaymentOutcome = z.discriminatedUnion('status', [
  /** `paymentId`: `<user>.<payment id>`, by which it is refunded. */
  z.object({
    status: z.literal('completed'),
    paymentId: z.string(),
    reference: z.string(),
    money: Money,
    ...told,
  }),
  z.object({ status: z.literal('declined'), reason: z.string(), ...told }),
  z.object({ status: z.literal('invalid'), reason: PaymentFlaw, ...told }),
  /** `refunded`: what had been taken and went back; null when nothing had been taken. */
  z.object({ status: z.literal('cancelled'), reason: z.string(), refunded: Money.nullable(), ...told }),
  z.object({
    status: z.literal('failed'),
    step: z.string(),
    code: z.string(),
    refunded: Money.nullable(),
    ...told,
  }),
]);
export type ProcessPaymentOutcome = z.infer<typeof ProcessPaymentOutcome>;

export const ProcessPayment = defineWorkflow({
  type: 'processPayment',
  queue: Queue.payment,
  id: { of: (wish) => paymentRunId.of(paymentIdOf(wish)), parse: paymentRunId.parse },
  input: ProcessPaymentInput,
  outcome: ProcessPaymentOutcome,
  updates: {
    cancel: cancelMessage,
    resolve: resolveMessage,
  },
  signals: { cancel: CancelRequest, resolve: ResolveRequest },
  steps: {
    openPayment: { undoneBy: 'closePayment' },
    chargeCard: { undoneBy: 'sendRefund' },
    findCharge: {},
    completePayment: {},
    readPayment: {},
    findRefund: {},
    readRefund: {},
  },
  once: 'A payment id of a user is charged once, for good: when Temporal has forgotten the run, the payment service still says what was decided.',
  http: {
    start: '/api/v1/payments/initialize',
    runs: '/api/v1/payments',
    owner: { field: 'user' },
    anyOwnerScope: 'payments:any',
    ownerMessages: ['cancel'],
    mayBeQueued: true,
    keyField: 'paymentId',
    whenFinished:
      'A completed payment is given back by a refund: POST /api/v1/payments/:paymentId/refunds. Anything else has ended by itself.',
    summary: "Make a payment: charge the user's saved card, record it, tell the merchant",
  },
});
