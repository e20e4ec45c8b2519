import type { Money } from '@longhaul/checker';
import type { Queries } from '../../database/queries.ts';

/** The event that notifies a merchant: its id, and its number among the events of the payment. */
export interface Told {
  readonly eventId: string;
  readonly sequence: number;
}

interface News {
  readonly paymentId: string;
  readonly merchant: string;
  readonly type: string;
  readonly money: Money;
  readonly reason?: string;
  readonly refundId?: string;
  /** The refunds of the payment so far. */
  readonly refunded?: Money;
}

/**
 * Creates an event for the merchant. The body is stored, so that every attempt sends the same bytes. Until the transaction
 * ends, other events of the payment wait, so that their numbers have no gap.
 */
export async function tellMerchant(tx: Queries, { merchant, type, ...data }: News, now: string): Promise<Told> {
  const [payment] = await tx.query<{ sequence: number }>(
    `update payments set last_sequence = last_sequence + 1 where payment_id = $1 returning last_sequence as sequence`,
    [data.paymentId],
  );
  if (!payment) throw new Error(`The payment of the event does not exist [${data.paymentId}]`);
  const { sequence } = payment;
  // The id of a webhook must not contain ".".
  const eventId = `evt-${data.paymentId.replaceAll('.', '~')}-${sequence}`;
  const body = JSON.stringify({ id: eventId, type, createdAt: now, sequence, data });
  await tx.query(
    `insert into merchant_events (event_id, merchant, payment_id, sequence, type, refund_id, body, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [eventId, merchant, data.paymentId, sequence, type, data.refundId ?? null, body, now],
  );
  return { eventId, sequence };
}

/** The event of this type about a payment or one of its refunds. */
export async function eventTold(
  tx: Queries,
  { paymentId, type, refundId }: { paymentId: string; type: string; refundId?: string },
): Promise<Told> {
  const [event] = await tx.query<Told>(
    `select event_id as "eventId", sequence from merchant_events
     where payment_id = $1 and type = $2 and refund_id is not distinct from $3`,
    [paymentId, type, refundId ?? null],
  );
  if (!event) throw new Error(`There is no such event [payment: ${paymentId}, event: ${type}]`);
  return event;
}

/** The last event about the payment's outcome, or about one of its refunds; null if there is none. */
export async function toldHow(
  tx: Queries,
  { paymentId, type, refundId }: { paymentId: string; type?: string; refundId?: string },
): Promise<string | null> {
  const [event] = await tx.query<{ eventId: string }>(
    `select event_id as "eventId" from merchant_events
     where payment_id = $1 and ($2::text is null or type = $2) and refund_id is not distinct from $3
     order by sequence desc limit 1`,
    [paymentId, type ?? null, refundId ?? null],
  );
  return event?.eventId ?? null;
}

export async function findEvent(
  tx: Queries,
  merchant: string,
  eventId: string,
): Promise<{ eventId: string; type: string; body: string } | undefined> {
  const [event] = await tx.query<{ eventId: string; type: string; body: string }>(
    `select event_id as "eventId", type, body from merchant_events where event_id = $1 and merchant = $2`,
    [eventId, merchant],
  );
  return event;
}
