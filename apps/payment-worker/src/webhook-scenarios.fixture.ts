import { randomUUID } from 'node:crypto';
import { ProcessPayment, RedeliverWebhook } from '@longhaul/contracts';
import type { ReadCall, Scenario, Stage } from '@longhaul/testing';
import { aPayment } from './payment.fixture.ts';

export const redeliverWebhookReads: Record<string, ReadCall<typeof RedeliverWebhook>> = {
  sendWebhook: {
    route: 'GET /merchants/:merchant/events/:eventId',
    path: ({ eventId }) => `/events/${eventId}$`,
    // The payment's own delivery and the first redelivery have read it.
    askedBefore: 2,
  },
};

async function toldBefore(stage: Stage) {
  const payment = aPayment({ merchant: `m-${randomUUID().slice(0, 8)}` });
  const { merchant } = payment;
  const { eventId } = await stage.after(ProcessPayment, payment);
  await stage.after(RedeliverWebhook, { eventId: eventId!, merchant, redelivery: 'first' });
  return { eventId: eventId!, merchant, redelivery: 'second' };
}

export const redeliverWebhookScenarios: readonly Scenario<typeof RedeliverWebhook>[] = [
  {
    name: 'the merchant is there',
    input: toldBefore,
    steps: { sendWebhook: 'parks' },
    ends: 'delivered',
    noFastSteps: true,
  },
  {
    name: 'the merchant is gone',
    input: toldBefore,
    faults: [{ service: 'merchant', kind: 'refusal', status: 410, code: 'gone', attempts: { from: 3 } }],
    steps: { markEndpoint: 'parks', tellMerchant: 'goes-on' },
    ends: 'no-endpoint',
    noFastSteps: true,
  },
];
