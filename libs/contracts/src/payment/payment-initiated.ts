import { z } from 'zod';
import { ProcessPaymentInput } from './process-payment.ts';

/** The event on SNS and SQS that asks for a payment. It may come twice: its payment id makes it one payment. */
export const PaymentInitiated = z.object({
  type: z.literal('payment.initiated'),
  /** Ties the payment to the request that caused it. */
  correlationId: z.string().min(1).max(128),
  payment: ProcessPaymentInput,
});
export type PaymentInitiated = z.infer<typeof PaymentInitiated>;
