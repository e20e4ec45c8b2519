import { z } from 'zod';
import type { CallContext, Http } from './http.ts';
import { refusalsAsValues } from './service-error.ts';
import { Money, Text } from './values.ts';

const Customer = z.object({
  email: Text,
  /** The card gateway's id of the saved card. */
  authorization: Text,
});
export type Customer = z.infer<typeof Customer>;

const Opened = z.object({ state: z.literal('processing') }).transform(({ state }) => ({ status: state }));

/** The event that notifies the merchant. The sequence numbers of a payment start at 1 and have no gaps. */
const Recorded = z.object({ eventId: Text, sequence: z.int() });

const Reserved = z
  .object({ reference: Text, money: Money })
  .transform((refund) => ({ status: 'reserved' as const, ...refund }));

const PaymentRecord = z.object({
  paymentId: Text,
  user: Text,
  merchant: Text,
  money: Money,
  state: z.enum(['processing', 'completed', 'declined', 'failed', 'cancelled', 'invalid']),
  /** The reference of the charge at the card gateway, once the payment is completed. */
  reference: Text.nullable(),
  refunded: Money,
  /** The run that opened it. */
  madeBy: Text.nullable(),
  /** Why it was closed without completion. */
  reason: Text.nullable(),
  /** The run that closed it has refunded its charge, so no other run must. */
  chargeReturned: z.boolean(),
  /** The event about its outcome. */
  eventId: Text.nullable(),
});
export type PaymentRecord = z.infer<typeof PaymentRecord>;

const RefundRecord = z.object({
  state: z.enum(['reserved', 'processed', 'failed']),
  money: Money,
  reference: Text,
  merchant: Text,
  gatewayRefundId: Text.nullable(),
  eventId: Text.nullable(),
});
export type RefundRecord = z.infer<typeof RefundRecord>;

export interface PaymentWish {
  readonly paymentId: string;
  /** The run that sends the request. If another run has used this id, the service refuses. */
  readonly madeBy: string;
  readonly user: string;
  readonly merchant: string;
  readonly money: Money;
}

export interface PaymentClosing extends PaymentWish {
  readonly state: 'declined' | 'failed' | 'cancelled' | 'invalid';
  readonly reason: string;
  readonly chargeReturned: boolean;
}

export interface RefundSettlement {
  readonly paymentId: string;
  readonly refundId: string;
  readonly state: 'processed' | 'failed';
  /** Null if the gateway never accepted it. */
  readonly gatewayRefundId: string | null;
}

/** An earlier run of the same request has made it. The service may know that run's key or only its effect. */
const madeBefore = { status: 'made-before' as const };

const refused = <Reason extends string>(reason: Reason) => ({ status: 'refused' as const, reason });

/** The payment service's record of payments to merchants and their refunds. */
export function paymentsService(http: Http) {
  return {
    customer: (user: string, context: CallContext) =>
      http.send('GET /customers/:user', Customer, context, { params: { user } }),

    open: ({ paymentId, ...body }: PaymentWish, context: CallContext) =>
      refusalsAsValues(
        { 'already-undone': madeBefore, 'payment-exists': madeBefore, 'idempotency-key-reused': madeBefore },
        http.send('POST /payments/:paymentId/opening', Opened, context, { params: { paymentId }, body }),
      ),

    complete: ({ paymentId, ...body }: { paymentId: string; reference: string; money: Money }, context: CallContext) =>
      http.send('POST /payments/:paymentId/completion', Recorded, context, { params: { paymentId }, body }),

    /** Can be called before the payment is opened: the service then refuses to open it later. */
    close: ({ paymentId, ...body }: PaymentClosing, context: CallContext) =>
      http.send('POST /payments/:paymentId/closing', Recorded, context, { params: { paymentId }, body }),

    find: (paymentId: string, context: CallContext) =>
      refusalsAsValues(
        { 'not-found': undefined },
        http.send('GET /payments/:paymentId', PaymentRecord, context, { params: { paymentId } }),
      ),

    /** Reserves `money` or, if it is left out, the whole rest, until the refund is settled. */
    requestRefund: (
      { paymentId, ...body }: { paymentId: string; refundId: string; madeBy: string; money?: Money },
      context: CallContext,
    ) =>
      refusalsAsValues(
        {
          'refund-exists': madeBefore,
          'idempotency-key-reused': madeBefore,
          'payment-not-found': refused('payment-not-found'),
          'payment-not-completed': refused('payment-not-completed'),
          'payment-disputed': refused('payment-disputed'),
          'currency-mismatch': refused('currency-mismatch'),
          'exceeds-paid': refused('exceeds-paid'),
          'nothing-left': refused('nothing-left'),
        },
        http.send('POST /payments/:paymentId/refunds', Reserved, context, { params: { paymentId }, body }),
      ),

    findRefund: (refund: { paymentId: string; refundId: string }, context: CallContext) =>
      refusalsAsValues(
        { 'not-found': undefined },
        http.send('GET /payments/:paymentId/refunds/:refundId', RefundRecord, context, { params: refund }),
      ),

    settleRefund: ({ paymentId, refundId, ...body }: RefundSettlement, context: CallContext) =>
      http.send('POST /payments/:paymentId/refunds/:refundId/settlement', Recorded, context, {
        params: { paymentId, refundId },
        body,
      }),
  };
}
export type PaymentsService = ReturnType<typeof paymentsService>;
