import { Webhook } from 'standardwebhooks';

export interface SignedEvent {
  readonly eventId: string;
  readonly body: string;
  /** `whsec_…`. During a rotation there are two, and the merchant may have either. */
  readonly secrets: readonly string[];
}

/** The headers of Standard Webhooks. All tries have the same id; timestamp and signatures differ. */
export function webhookHeaders({ eventId, body, secrets }: SignedEvent, now: Date): Record<string, string> {
  if (secrets.length === 0) throw new Error(`There is no secret to sign the event with [${eventId}]`);
  return {
    'webhook-id': eventId,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
    'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(eventId, now, body)).join(' '),
  };
}
