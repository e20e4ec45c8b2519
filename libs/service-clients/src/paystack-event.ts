import { z } from 'zod';

/** Absent rather than wrong: an event that is odd has to be answered all the same. */
const text = z
  .union([z.string().min(1), z.number().transform(String)])
  .optional()
  .catch(undefined);

const Data = z
  .object({
    ...{ id: text, reference: text, transaction_reference: text, refund_reference: text, status: text, dueAt: text },
    transaction: z.object({ reference: text }).optional().catch(undefined),
  })
  .catch({});
type Data = z.infer<typeof Data>;

/**
 * What Paystack tells us, as far as we use it: a hint to ask for the rest. `event` and `id` together name it, so that
 * one that comes twice is known again; Paystack has no id for its events.
 */
export const PaystackEvent = z
  .object({ event: z.string().min(1), data: Data })
  .transform(({ event, data }): PaystackEvent => {
    if (event.startsWith('charge.dispute.')) return ofDispute(event, data);
    const ofRefund = event.startsWith('refund.');
    const reference = ofRefund ? data.transaction_reference : data.reference;
    const id = (ofRefund ? data.refund_reference : undefined) ?? data.id ?? `${reference ?? ''}/${data.status ?? ''}`;
    return { event, id, reference };
  });
export interface PaystackEvent {
  readonly event: string;
  readonly id: string;
  readonly reference: string | undefined;
  /** The dispute that it is about, by its number at Paystack. */
  readonly disputeId?: string | undefined;
}

/** A dispute is told of several times under its one number: what has changed makes the difference. */
function ofDispute(
  event: string,
  { id: disputeId, status, dueAt, transaction, transaction_reference }: Data,
): PaystackEvent {
  const reference = transaction?.reference ?? transaction_reference;
  const id = [disputeId, status, dueAt].filter((part) => part !== undefined).join('/');
  return { event, id, reference, disputeId };
}
