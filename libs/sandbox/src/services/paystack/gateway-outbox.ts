import type { Queries } from '../../database/queries.ts';

interface GatewayEvent {
  readonly event: string;
  readonly reference: string;
  readonly data: object;
}

/** Puts an event into the outbox, in the transaction that made it happen. */
export async function announce(tx: Queries, { event, reference, data }: GatewayEvent, now: string): Promise<void> {
  await tx.query(`insert into gateway_outbox (event, reference, body, made_at, due_at) values ($1, $2, $3, $4, $4)`, [
    event,
    reference,
    written({ event, data }),
    now,
  ]);
}

/** With an escape that JSON.stringify would not write: whoever signs a body that was parsed and written again is found out. */
const written = (event: object) => JSON.stringify(event).replaceAll('@', '\\u0040');
