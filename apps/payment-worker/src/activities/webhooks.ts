import type { StepCall } from '@longhaul/contracts';
import type { EndpointMark, MerchantsService, NotificationService, WebhookSender } from '@longhaul/service-clients';
import type { ContextOf } from '../activities.ts';

export interface WebhookServices {
  readonly merchants: MerchantsService;
  readonly notification: NotificationService;
  readonly sender: WebhookSender;
}

export type WebhookTry =
  /** This merchant has no such event. */
  | { readonly status: 'unknown' }
  /** The merchant wants no events. */
  | { readonly status: 'none' }
  | { readonly status: 'accepted' }
  | { readonly status: 'gone' }
  | { readonly status: 'refused'; readonly reason: string; readonly retryAfterMs?: number };

/** To the merchant's own server. Its address and secrets are read at each try, and are in no history. */
export function webhookActivities({ merchants, notification, sender }: WebhookServices, context: ContextOf) {
  return {
    sendWebhook: async (call: StepCall, delivery: { eventId: string; merchant: string }): Promise<WebhookTry> => {
      const { eventId, merchant } = delivery;
      const event = await merchants.event(merchant, eventId, context(call));
      if (!event) return { status: 'unknown' };
      const { url, secrets, state } = await merchants.endpoint(merchant, context(call));
      if (url === null || state === 'disabled') return { status: 'none' };
      return sender.send({ url, secrets, eventId, body: event.body }, context(call));
    },

    markEndpoint: (call: StepCall, mark: EndpointMark) => merchants.markEndpoint(mark, context(call)),

    tellMerchant: (call: StepCall, { merchant, ...data }: { merchant: string; state: string; reason: string }) =>
      notification.send({ user: merchant, template: 'webhook-failing', data }, context(call)),
  };
}
