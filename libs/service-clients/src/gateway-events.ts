import { z } from 'zod';
import type { CallContext, Http } from './http.ts';

/** Whose money an event of the card gateway is about, and how that stands now. */
const GatewayConcern = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('payment'), paymentId: z.string(), state: z.string() }),
  z.object({
    kind: z.literal('top-up'),
    topUpId: z.string(),
    state: z.string(),
    /** Of the charge that was credited. */
    credited: z.string().nullable(),
  }),
  /** Nobody here knows the reference. */
  z.object({ kind: z.literal('none') }),
]);
export type GatewayConcern = z.infer<typeof GatewayConcern>;

const Recorded = z.object({
  /** False for an event that came before. */
  first: z.boolean(),
  concern: GatewayConcern,
  /** The ids of the runs whose refunds of this charge are not settled yet. */
  openRefunds: z.array(z.string()),
});

export interface GatewayEvent {
  readonly event: string;
  readonly id: string;
  readonly reference: string;
}

/** The payment service's record of what the card gateway told us. A repeat is answered as things stand then. */
export function gatewayEventsService(http: Http) {
  return {
    record: (event: GatewayEvent, context: CallContext) =>
      http.send('POST /gateway-events', Recorded, context, { body: event }),
  };
}
export type GatewayEventsService = ReturnType<typeof gatewayEventsService>;
