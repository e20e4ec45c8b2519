import type { Money } from '@longhaul/checker';
import type { Queries } from '../../database/queries.ts';

/** Tells which event a merchant was told of: known by its id, and placed by its number among those of the payment. */
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
  /** All that went back of the payment so far. */
  readonly refunded?: Money;
}

/**
 * Writes down what the merchant will be told. The body is made here, once: every attempt sends these bytes. Until the
 * transaction ends, other events of the payment wait, so their numbers have no gap.
 */
export async function tellMerchant(tx: Queries, { merchant, type, ...data }: News, now: string): Promise<Told> {
  const [payment] = await tx.query<{ sequence: number }>(
    `update payments set last_sequence = last_sequence + 1 where payment_id = $1 returning last_sequence as sequence`,
    [data.paymentId],
  );
  if (!payment) throw new Error(`There is no payment to tell of [${data.paymentId}]`);
  const { sequence } = payment;
  // A webhook's id has no ".".
  const eventId = `evt-${data.paymentId.replaceAll('.', '~')}-${sequence}`;
  const body = JSON.stringify({ id: eventId, type, createdAt: now, sequence, data });
  await tx.query(
    `insert into merchant_events (event_id, merchant, payment_id, sequence, type, refund_id, body, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [eventId, merchant, data.paymentId, sequence, type, data.refundId ?? null, body, now],
  );
  return { eventId, sequence };
}

/** The event of a type that a merchant was told of a payment, or of one of its refunds. */
export async function eventTold(
  tx: Queries,
  { paymentId, type, refundId }: { paymentId: string; type: string; refundId?: string },
): Promise<Told> {
  const [event] = await tx.query<Told>(
    `select event_id as "eventId", sequence from merchant_events
     where payment_id = $1 and type = $2 and refund_id is not distinct from $3`,
    [paymentId, type, refundId ?? null],
  );
  if (!event) throw new Error(`The merchant was never told [payment: ${paymentId}, event: ${type}]`);
  return event;
}

/** The last event about the payment's end, or about a refund of it; null when the merchant was told nothing. */
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
