import { z } from 'zod';
import { CorrelationId } from '../values.ts';
import { ProcessPaymentInput } from './process-payment.ts';

/** The event on SNS and SQS that requests a payment. It may be delivered twice: the payment id makes it one payment. */
export const PaymentInitiated = z.object({
  type: z.literal('payment.initiated'),
  correlationId: CorrelationId,
  payment: ProcessPaymentInput,
});
export type PaymentInitiated = z.infer<typeof PaymentInitiated>;
