import type { Queries } from '../../database/queries.ts';

interface GatewayEvent {
  readonly event: string;
  readonly reference: string;
  readonly data: object;
}

/** Adds an event to the outbox, in the transaction of its change. */
export async function announce(tx: Queries, { event, reference, data }: GatewayEvent, now: string): Promise<void> {
  await tx.query(`insert into gateway_outbox (event, reference, body, made_at, due_at) values ($1, $2, $3, $4, $4)`, [
    event,
    reference,
    written({ event, data }),
    now,
  ]);
}

/** Contains an escape that JSON.stringify would not write, so that checking a signature over re-serialised JSON fails. */
const written = (event: object) => JSON.stringify(event).replaceAll('@', '\\u0040');
