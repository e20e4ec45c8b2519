import { z } from 'zod';
import { defineWorkflow, Queue } from '../contract.ts';
import { cancelMessage, CancelRequest, resolveMessage, ResolveRequest } from '../messages.ts';
import { Money, PositiveMoney } from '../money.ts';
import { BusinessKey, Label } from '../values.ts';
import { paymentIdOf, paymentRunId } from './ids.ts';

export const ProcessPaymentInput = z.object({
  /** The payer's key. Two payers can have the same key for different payments. */
  paymentId: BusinessKey,
  /** The payer. The payment service knows their mail address and saved card; neither is part of the input. */
  user: BusinessKey,
  /** The merchant, who is paid and notified of the outcome. */
  merchant: BusinessKey,
  money: PositiveMoney,
  description: Label.optional(),
});
export type ProcessPaymentInput = z.infer<typeof ProcessPaymentInput>;

/** Why a valid payment is refused. */
export const PaymentFlaw = z.enum(['currency-not-accepted', 'amount-below-minimum', 'amount-above-limit']);
export type PaymentFlaw = z.infer<typeof PaymentFlaw>;

/** The event that notifies the merchant; null if there is none. The run `webhook-<event id>` delivers it. */
const told = { eventId: z.string().nullable() };

export const ProcessPaymentOutcome = z.discriminatedUnion('status', [
  /** `paymentId`: `<user>.<payment id>`, as used for refunds. */
  z.object({
    status: z.literal('completed'),
    paymentId: z.string(),
    reference: z.string(),
    money: Money,
    ...told,
  }),
  z.object({ status: z.literal('declined'), reason: z.string(), ...told }),
  z.object({ status: z.literal('invalid'), reason: PaymentFlaw, ...told }),
  /** `refunded`: the refunded charge; null if nothing had been charged. */
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
  id: { of: (request) => paymentRunId.of(paymentIdOf(request)), parse: paymentRunId.parse },
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
