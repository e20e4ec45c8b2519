import type { StepCall } from '@longhaul/contracts';
import type { EndpointMark, MerchantsService, NotificationService, WebhookSender } from '@longhaul/service-clients';
import type { ContextOf } from './context.ts';
import type { Places } from './places.ts';

export interface DeliveryServices {
  readonly merchants: MerchantsService;
  readonly sender: WebhookSender;
}

export interface EndpointServices {
  readonly merchants: MerchantsService;
  readonly notification: NotificationService;
}

export type WebhookTry =
  /** No try was made, because too many tries at this merchant's endpoint are in progress. */
  | { readonly status: 'no-place' }
  /** The merchant has no event with this id. */
  | { readonly status: 'unknown' }
  /** The merchant has no active endpoint. */
  | { readonly status: 'none' }
  | { readonly status: 'accepted' }
  | { readonly status: 'gone' }
  | { readonly status: 'refused'; readonly reason: string; readonly retryAfterMs?: number };

/** Calls the merchant's server. Address and secrets are read at each try, so that they are in no history. */
export function deliveryActivities({ merchants, sender }: DeliveryServices, places: Places, context: ContextOf) {
  return {
    sendWebhook: (call: StepCall, { eventId, merchant }: { eventId: string; merchant: string }): Promise<WebhookTry> =>
      places.within<WebhookTry>(merchant, { status: 'no-place' }, async () => {
        const event = await merchants.event(merchant, eventId, context(call));
        if (!event) return { status: 'unknown' };
        const { url, secrets, state } = await merchants.endpoint(merchant, context(call));
        if (url === null || state === 'disabled') return { status: 'none' };
        return sender.send({ url, secrets, eventId, body: event.body }, context(call));
      }),
  };
}

/** Marks endpoints, and notifies their owners. */
export function endpointActivities({ merchants, notification }: EndpointServices, context: ContextOf) {
  return {
    markEndpoint: (call: StepCall, mark: EndpointMark) => merchants.markEndpoint(mark, context(call)),

    tellMerchant: (call: StepCall, { merchant, ...data }: { merchant: string; state: string; reason: string }) =>
      notification.send({ user: merchant, template: 'webhook-failing', data }, context(call)),
  };
}
