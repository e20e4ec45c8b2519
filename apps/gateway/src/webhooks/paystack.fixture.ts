import { createHmac } from 'node:crypto';
import type { CallContext, GatewayEvent, GatewayEventsService } from '@longhaul/service-clients';

export const secretKey = 'sk_test_only_here';

export function signatureOf(rawBody: string | Buffer, secret = secretKey): string {
  return createHmac('sha512', secret).update(rawBody).digest('hex');
}

/** The parts of Paystack's charge event that we read. */
export function chargeEvent(reference: unknown, { id = 302_961, event = 'charge.success' } = {}): string {
  return JSON.stringify({ event, data: { id, reference, amount: 500_000, currency: 'NGN', status: 'success' } });
}

type Recorded = Awaited<ReturnType<GatewayEventsService['record']>>;

export interface FakePaymentService extends GatewayEventsService {
  /** All calls, in order. */
  readonly recorded: { readonly event: GatewayEvent; readonly context: CallContext }[];
  /** What it knows about each reference; nothing about others. */
  readonly known: Map<string, Partial<Recorded>>;
  /** Awaited before each answer. */
  before: () => Promise<void>;
}

/** Like the payment service: an event is recorded once, and answered with the present state. */
export function fakePaymentService(): FakePaymentService {
  const seen = new Set<string>();
  const service: FakePaymentService = {
    recorded: [],
    known: new Map(),
    before: () => Promise.resolve(),
    async record(event, context) {
      service.recorded.push({ event, context });
      await service.before();
      const name = `${event.event} ${event.id}`;
      const first = !seen.has(name);
      seen.add(name);
      return { first, concern: { kind: 'none' }, openRefunds: [], ...service.known.get(event.reference) };
    },
  };
  return service;
}
