import { z } from 'zod';

/** Undefined if it is invalid, because an unusual event has to be answered, too. */
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
 * The fields of Paystack's events that we use. They are hints to look the rest up. Events have no id of their own, so `event` and
 * `id` together identify a repeated one.
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
  /** The number of the dispute at Paystack. */
  readonly disputeId?: string | undefined;
}

/** The id of an event about a dispute. Several events have the number of the dispute, so it also contains what has changed. */
function ofDispute(
  event: string,
  { id: disputeId, status, dueAt, transaction, transaction_reference }: Data,
): PaystackEvent {
  const reference = transaction?.reference ?? transaction_reference;
  const id = [disputeId, status, dueAt].filter((part) => part !== undefined).join('/');
  return { event, id, reference, disputeId };
}
