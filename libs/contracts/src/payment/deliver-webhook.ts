import { z } from 'zod';
import { defineWorkflow, Queue } from '../contract.ts';
import { resolveMessage, ResolveRequest } from '../messages.ts';
import { Actor, BusinessKey } from '../values.ts';

/** The payment service chooses it, without ".", which separates the signed parts. */
const EventId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_~-]{0,149}$/, {
  error: 'must be 1 to 150 letters, digits, "-", "_" or "~", beginning with a letter or digit',
});

export const DeliverWebhookInput = z.object({ eventId: EventId, merchant: BusinessKey });
export type DeliverWebhookInput = z.infer<typeof DeliverWebhookInput>;

export const DeliverWebhookOutcome = z.discriminatedUnion('status', [
  z.object({ status: z.literal('delivered'), attempts: z.int() }),
  /** The merchant has no endpoint, or it is disabled because the merchant's server answered 410. */
  z.object({ status: z.literal('no-endpoint'), attempts: z.int() }),
  /** The payment service has no event with this id for this merchant. */
  z.object({ status: z.literal('no-such-event'), attempts: z.int() }),
  z.object({ status: z.literal('settled-by-hand'), by: z.string(), note: z.string(), attempts: z.int() }),
]);
export type DeliverWebhookOutcome = z.infer<typeof DeliverWebhookOutcome>;

export const Redelivered = z.object({ redelivered: z.boolean(), detail: z.string() });

const messages = {
  updates: {
    /** A run that waits for its next try, or is parked, tries at once. */
    redeliver: { input: z.object({ by: Actor }), answer: Redelivered },
    resolve: resolveMessage,
  },
  signals: { resolve: ResolveRequest },
};
const steps = { sendWebhook: {}, markEndpoint: {}, tellMerchant: {} };
const http = { runs: '/api/v1/webhook-deliveries', anyOwnerScope: 'payments:any' };

/** Delivers one event to the merchant's endpoint, with retries for up to three days. */
export const DeliverWebhook = defineWorkflow({
  type: 'deliverWebhook',
  queue: Queue.payment,
  id: {
    of: ({ eventId }: DeliverWebhookInput) => `webhook-${eventId}`,
    parse: (workflowId: string) => /^webhook-([^.]+)$/.exec(workflowId)?.[1],
  },
  input: DeliverWebhookInput,
  outcome: DeliverWebhookOutcome,
  ...messages,
  steps,
  once: 'An event has one delivery, for as long as the namespace keeps closed runs; its receiver knows it again by its id.',
  http: {
    ...http,
    ownerMessages: [],
    whenFinished: 'The event was delivered. It is sent once more by POST /api/v1/webhook-events/:eventId/redeliveries.',
    summary: "Deliver an event to the merchant's endpoint",
  },
});

/** `redelivery`: the key of the merchant's request. Requests with the same key are one redelivery. */
export const RedeliverWebhookInput = DeliverWebhookInput.extend({ redelivery: BusinessKey });
export type RedeliverWebhookInput = z.infer<typeof RedeliverWebhookInput>;

/** Delivers an event again at the merchant's request, with the same id and body. */
export const RedeliverWebhook = defineWorkflow({
  type: 'redeliverWebhook',
  queue: Queue.payment,
  id: {
    of: ({ eventId, merchant, redelivery }: RedeliverWebhookInput) => `webhook-${eventId}.${merchant}.${redelivery}`,
    parse: (workflowId: string) => /^webhook-([^.]+\.[^.]+\.[^.]+)$/.exec(workflowId)?.[1],
  },
  input: RedeliverWebhookInput,
  outcome: DeliverWebhookOutcome,
  ...messages,
  steps,
  once: 'A redelivery key sends once, for as long as the namespace keeps closed runs.',
  http: {
    ...http,
    start: '/api/v1/webhook-events/:eventId/redeliveries',
    runs: '/api/v1/webhook-redeliveries',
    owner: { field: 'merchant' },
    ownerMessages: ['redeliver'],
    keyField: 'redelivery',
    whenFinished: 'The event was delivered. For another delivery, use a new key.',
    summary: "Deliver an event to the merchant's endpoint once more",
  },
});
