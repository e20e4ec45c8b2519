import { z } from 'zod';
import { defineWorkflow, Queue } from '../contract.ts';
import { resolveMessage, ResolveRequest } from '../messages.ts';
import { Money, PositiveMoney } from '../money.ts';
import { Label, OwnedKey } from '../values.ts';

/** Without "-", so that the end of the payment's id in `refund-<paymentId>-<refundId>` is clear. */
const RefundId = z.string().regex(/^[A-Za-z0-9]{1,32}$/, { error: 'must be 1 to 32 letters or digits' });

export const RefundPaymentInput = z.object({
  /** As in the payment's outcome and events: `<user>.<payment id>`. */
  paymentId: OwnedKey,
  refundId: RefundId,
  /** Left out: everything that was paid and is not refunded yet. */
  money: PositiveMoney.optional(),
  reason: Label,
});
export type RefundPaymentInput = z.infer<typeof RefundPaymentInput>;

/**
 * Why nothing is refunded. `refused-by-gateway`: the gateway refused the refund at once, or accepted it and it failed later.
 * `made-before`: another refund has this id.
 */
export const RefundRefusal = z.enum([
  'payment-not-found',
  'payment-not-completed',
  'payment-disputed',
  'currency-mismatch',
  'exceeds-paid',
  'nothing-left',
  'refused-by-gateway',
  'made-before',
]);
export type RefundRefusal = z.infer<typeof RefundRefusal>;

export const RefundPaymentOutcome = z.discriminatedUnion('status', [
  z.object({
    status: z.literal('refunded'),
    refunded: Money,
    gatewayRefundId: z.string(),
    eventId: z.string().nullable(),
  }),
  z.object({ status: z.literal('refused'), reason: RefundRefusal, eventId: z.string().nullable() }),
  /** An operator settled it; its amount stays reserved. */
  z.object({ status: z.literal('settled-by-hand'), by: z.string(), note: z.string() }),
]);
export type RefundPaymentOutcome = z.infer<typeof RefundPaymentOutcome>;

export const RefundPayment = defineWorkflow({
  type: 'refundPayment',
  queue: Queue.payment,
  id: {
    of: ({ paymentId, refundId }: RefundPaymentInput) => `refund-${paymentId}-${refundId}`,
    parse: (workflowId: string) => /^refund-(.+-[A-Za-z0-9]+)$/.exec(workflowId)?.[1],
  },
  input: RefundPaymentInput,
  outcome: RefundPaymentOutcome,
  updates: { resolve: resolveMessage },
  signals: { resolve: ResolveRequest, refundMoved: z.object({}) },
  steps: { requestRefund: {}, readRequest: {}, sendRefund: {}, findRefund: {}, readRefund: {}, settleRefund: {} },
  once: 'A refund id refunds once, for good: when Temporal has forgotten the run, the payment service still says what was decided.',
  http: {
    start: '/api/v1/payments/:paymentId/refunds',
    runs: '/api/v1/refunds',
    owner: { record: 'payment', in: 'paymentId' },
    anyOwnerScope: 'payments:any',
    ownerMessages: [],
    keyField: 'refundId',
    whenFinished: 'The refund has ended; its result says how.',
    summary: 'Refund a completed payment, in whole or in part. For the merchant who was paid',
  },
});
