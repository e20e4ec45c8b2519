import { z } from 'zod';
import { defineWorkflow, Queue } from '../contract.ts';
import { CancelAnswer, CancelRequest, ResolveAnswer, ResolveRequest } from '../messages.ts';
import { Money, PositiveMoney } from '../money.ts';
import { BusinessKey, Label } from '../values.ts';
import { paymentRunId } from './ids.ts';

export const ProcessPaymentInput = z.object({
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
  z.object({ status: z.literal('completed'), reference: z.string(), money: Money, ...told }),
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
  id: paymentRunId,
  input: ProcessPaymentInput,
  outcome: ProcessPaymentOutcome,
  updates: {
    cancel: { input: CancelRequest, answer: CancelAnswer },
    resolve: { input: ResolveRequest, answer: ResolveAnswer },
  },
  signals: { cancel: CancelRequest },
  steps: { openPayment: {}, chargeCard: {}, findCharge: {}, completePayment: {}, closePayment: {} },
  once: 'A payment id is charged once, for as long as the namespace keeps closed runs; the card gateway keeps its reference for good.',
  http: {
    start: '/api/v1/payments/initialize',
    runs: '/api/v1/payments',
    owner: { field: 'user' },
    anyOwnerScope: 'payments:any',
    ownerMessages: ['cancel'],
    keyField: 'paymentId',
    whenFinished:
      'A completed payment is given back by a refund: POST /api/v1/payments/:paymentId/refunds. Anything else has ended by itself.',
    summary: "Make a payment: charge the user's saved card, record it, tell the merchant",
  },
});

export const TakeBackChargeInput = z.object({
  /** The charge at the card gateway. */
  reference: z.string().min(1).max(200),
  why: Label,
});
export type TakeBackChargeInput = z.infer<typeof TakeBackChargeInput>;

export const TakeBackChargeOutcome = z.discriminatedUnion('status', [
  z.object({ status: z.literal('refunded'), refunded: Money }),
  /** The gateway knows of no money that was taken under this reference. */
  z.object({ status: z.literal('nothing-taken') }),
  /** An operator saw to it, and what became of the money only they know. */
  z.object({ status: z.literal('settled-by-hand'), by: z.string(), note: z.string() }),
]);
export type TakeBackChargeOutcome = z.infer<typeof TakeBackChargeOutcome>;

/**
 * Gives back all that was taken under a reference. Whoever finds a charge that may not stay (a payment that was
 * cancelled or failed, a top-up that was paid too late) starts this same run, so that it goes back once.
 */
export const TakeBackCharge = defineWorkflow({
  type: 'takeBackCharge',
  queue: Queue.payment,
  id: {
    of: ({ reference }: TakeBackChargeInput) => `take-back-${reference}`,
    parse: (workflowId: string) => /^take-back-(.+)$/.exec(workflowId)?.[1],
  },
  input: TakeBackChargeInput,
  outcome: TakeBackChargeOutcome,
  updates: { resolve: { input: ResolveRequest, answer: ResolveAnswer } },
  signals: { refundMoved: z.object({}) },
  steps: { findCharge: {}, sendRefund: {}, findRefund: {}, readRefund: {} },
  once: 'A charge is taken back once, for as long as the namespace keeps closed runs; the card gateway refunds no more than it took.',
  http: {
    runs: '/api/v1/charges-taken-back',
    anyOwnerScope: 'payments:any',
    ownerMessages: [],
    whenFinished: 'The charge was taken back; the result says how much it was.',
    summary: 'Give back a charge that may not stay',
  },
});
