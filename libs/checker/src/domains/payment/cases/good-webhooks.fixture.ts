import type { RunUnderWay, WellBehavedHouse } from '../../../fixtures/well-behaved-house.fixture.ts';
import type { Effect } from '../../../sandbox-evidence.ts';
import type { MerchantEvent } from '../effects.ts';

const hooks = 'POST /:merchant/hooks';

/** The payment service writes an event in the transaction of the change that it reports. */
export function writeEvent(house: WellBehavedHouse, paymentId: string, merchant: string, type: string) {
  const events = house.table('merchantEvents');
  const sequence = [...events.values()].filter((event) => event.paymentId === paymentId).length + 1;
  // The id of an event contains no ".".
  const eventId = `evt-${paymentId.split('.')[1]}-${sequence}`;
  events.set(eventId, { eventId, merchant, paymentId, sequence, type, bodyDigest: `digest of ${eventId}` });
  return { eventId, sequence };
}

/** A run that delivers the event. */
export function deliver(house: WellBehavedHouse, parent: RunUnderWay, eventId: string): void {
  const event = eventOf(house, eventId);
  const run = parent.begins('deliverWebhook', `webhook-${eventId}`, { eventId, merchant: event.merchant });
  send(run, event);
  run.end({ status: 'delivered', attempts: 1 });
}

/** The merchant requests a redelivery. */
export function redeliver(house: WellBehavedHouse, eventId: string, redelivery: string): void {
  const event = eventOf(house, eventId);
  const { merchant } = event;
  const input = { eventId, merchant, redelivery };
  const run = house.begin('redeliverWebhook', `webhook-${eventId}.${merchant}.${redelivery}`, input, {
    user: merchant,
  });
  send(run, event);
  run.end({ status: 'delivered', attempts: 1 });
}

/** Another merchant requests a redelivery of an event that it does not own. */
export function redeliverToStranger(house: WellBehavedHouse, eventId: string, merchant: string): void {
  const [workflowId, input] = [`webhook-${eventId}.${merchant}.k1`, { eventId, merchant, redelivery: 'k1' }];
  const run = house.begin('redeliverWebhook', workflowId, input, { user: merchant });
  run.looked('payment', 'sendWebhook', 'GET /merchants/:merchant/events/:eventId', { status: 404, number: 1 });
  run.end({ status: 'no-such-event', attempts: 1 });
}

/** The merchant's server answers 410. */
export function deliverToNobody(house: WellBehavedHouse, parent: RunUnderWay, eventId: string): void {
  const { merchant } = eventOf(house, eventId);
  const run = parent.begins('deliverWebhook', `webhook-${eventId}`, { eventId, merchant });
  run.looked('merchant', 'sendWebhook', hooks, { key: eventId, status: 410, number: 1 });
  const marked = { effect: 'endpoint-marked', merchant, state: 'disabled', eventId, reason: 'gone' } as const;
  run.did('payment', 'markEndpoint', marked);
  house.table('endpoints').set(merchant, { merchant, state: 'disabled' });
  run.tell('webhook-failing', merchant, { state: 'disabled', reason: 'gone' }, 'tellMerchant');
  run.end({ status: 'no-endpoint', attempts: 1 });
}

function send(run: RunUnderWay, { eventId, merchant, bodyDigest, type, sequence, paymentId }: MerchantEvent): void {
  const effect: Effect = {
    ...{ effect: 'webhook-received', merchant, eventId, timestamp: 1_795_255_200, bodyDigest, valid: true },
    ...{ type, sequence, paymentId },
  };
  run.looked('merchant', 'sendWebhook', hooks, { key: eventId, number: 1, effect });
}

function eventOf(house: WellBehavedHouse, wanted: string): MerchantEvent {
  const event = house.table('merchantEvents').get(wanted);
  if (!event) throw new Error(`There is no such event [${wanted}]`);
  return event;
}
