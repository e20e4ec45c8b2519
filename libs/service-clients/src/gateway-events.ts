import { z } from 'zod';
import { Text } from './values.ts';
import type { CallContext, Http } from './http.ts';

/** The payment or top-up of an event of the card gateway, and its present state. */
const GatewayConcern = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('payment'), paymentId: Text, state: Text }),
  z.object({
    kind: z.literal('top-up'),
    topUpId: Text,
    state: Text,
    /** The reference of the credited charge. */
    credited: Text.nullable(),
  }),
  /** The reference is unknown. */
  z.object({ kind: z.literal('none') }),
]);
export type GatewayConcern = z.infer<typeof GatewayConcern>;

const Recorded = z.object({
  /** False for a repeated event. */
  first: z.boolean(),
  concern: GatewayConcern,
  /** The ids of the runs whose refunds of this charge are not settled yet. */
  openRefunds: z.array(Text),
});

export interface GatewayEvent {
  readonly event: string;
  readonly id: string;
  readonly reference: string;
}

/** The payment service's record of the card gateway's events. The answer to a repeat has the present state. */
export function gatewayEventsService(http: Http) {
  return {
    record: (event: GatewayEvent, context: CallContext) =>
      http.send('POST /gateway-events', Recorded, context, { body: event }),
  };
}
export type GatewayEventsService = ReturnType<typeof gatewayEventsService>;
