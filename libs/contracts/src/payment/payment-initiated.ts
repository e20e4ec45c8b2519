import { z } from 'zod';
import { ProcessPaymentInput } from './process-payment.ts';

/** The event on SNS and SQS that asks for a payment. It may come twice: its payment id makes it one payment. */
export const PaymentInitiated = z.object({
  type: z.literal('payment.initiated'),
  /** Ties the payment to the request that caused it. It becomes a header of every downstream call. */
  correlationId: z
    .string()
    .regex(/^[\x21-\x7e]{1,128}$/, { error: 'must be 1 to 128 printable ASCII letters without blanks' }),
  payment: ProcessPaymentInput,
});
export type PaymentInitiated = z.infer<typeof PaymentInitiated>;
