import { DeliverWebhook, ProcessPayment, Queue, RedeliverWebhook } from '@longhaul/contracts';
import { until, withSteps, type FaultRule, type House, type WorkerUnderTest } from '@longhaul/testing';
import {
  playThrough,
  retry,
  seeThrough,
  settled,
  untilParked,
  type Play,
  type RecordedRun,
} from '@longhaul/testing/histories';
import type { WorkflowHandle } from '@temporalio/client';
import type { PaymentActivities, WebhookTry } from './activities.ts';
import { aPayment } from './payment.fixture.ts';

type WebhookPlay = Pick<Play, 'faults' | 'meanwhile' | 'parked' | 'time'>;

async function eventOf(house: House, paymentId: string, merchant: string): Promise<string> {
  const { eventId } = await (await house.start(ProcessPayment, aPayment({ paymentId, merchant }))).result();
  if (eventId === null) throw new Error(`The payment has no event [${paymentId}]`);
  return eventId;
}

const deliveryOf = ({ client }: House, eventId: string, merchant: string): WorkflowHandle =>
  client.workflow.getHandle(DeliverWebhook.id.of({ eventId, merchant }));

const delivery = (name: string, merchant: string, { faults, ...play }: WebhookPlay = {}): RecordedRun => ({
  name,
  async play(house) {
    if (faults) house.sandbox.faults.set({ seed: 1, rules: [...faults] });
    const eventId = await eventOf(house, `recorded-${name}`, merchant);
    return seeThrough(house, deliveryOf(house, eventId, merchant), play);
  },
});

/** The redelivery of an event that was delivered before. */
const redelivery = (name: string, play: WebhookPlay = {}, to?: string): RecordedRun => ({
  name,
  async play(house) {
    const merchant = `m-${name}`;
    const eventId = await eventOf(house, `recorded-${name}`, merchant);
    await deliveryOf(house, eventId, merchant).result();
    return playThrough(house, RedeliverWebhook, { eventId, merchant: to ?? merchant, redelivery: 'once-more' }, play);
  },
});

const redeliver = (run: WorkflowHandle) => run.executeUpdate('redeliver', { args: [{ by: 'the merchant' }] as never });

const impatient: WebhookPlay = {
  async meanwhile(_, run) {
    await until(run, ({ stepsDone }) => stepsDone.includes('sendWebhook'));
    await redeliver(run);
  },
};
const redeliveredWhenParked: WebhookPlay = {
  async meanwhile(_, run) {
    await untilParked(run);
    await redeliver(run);
  },
};
const unread: FaultRule = { route: 'GET /merchants/:merchant/events/:eventId', kind: 'refusal' };
const gone: FaultRule = { service: 'merchant', kind: 'refusal', status: 410, code: 'gone' };
/** For all ten tries of three days. */
const downForDays: FaultRule = { service: 'merchant', kind: 'error-before-commit', attempts: { to: 10 } };
const downOnce: FaultRule = { service: 'merchant', kind: 'error-before-commit', attempts: { to: 2 } };

const crowded = 'm-crowded';

/** The first two deliveries to the crowded merchant find no free place. */
export function withoutPlaceAtFirst(workers: readonly WorkerUnderTest[]): WorkerUnderTest[] {
  let left = 2;
  return withSteps(workers, Queue.paymentDeliveries, ({ sendWebhook }: Pick<PaymentActivities, 'sendWebhook'>) => ({
    sendWebhook(...args: Parameters<typeof sendWebhook>): Promise<WebhookTry> {
      if (args[1].merchant !== crowded || left === 0) return sendWebhook(...args);
      left -= 1;
      return Promise.resolve({ status: 'no-place' });
    },
  }));
}

export const recordedWebhooks: readonly RecordedRun[] = [
  delivery('webhook-delivered', 'm-shop'),
  delivery('webhook-flaky', 'm-flaky'),
  delivery('webhook-busy', 'm-busy'),
  delivery('webhook-without-place-at-first', crowded),
  delivery('webhook-flaky-redelivered-at-once', 'm-flaky', impatient),
  delivery('webhook-down', 'm-down'),
  delivery('webhook-gone', 'm-gone'),
  delivery('webhook-not-wanted', 'm-none'),
  { name: 'webhook-of-nothing', play: deliverNothing },
  delivery('webhook-unread', 'm-shop', { faults: [unread], parked: 'stay' }),
  delivery('webhook-unread-then-retried', 'm-shop', { faults: [unread], parked: retry }),
  delivery('webhook-unread-then-settled-by-signal', 'm-shop', { faults: [unread], parked: 'settled by signal' }),
  delivery('webhook-dead-redelivered-then-settled', 'm-dead', {
    ...redeliveredWhenParked,
    parked: settled,
  }),
  delivery('webhook-back-after-days', 'm-back', {
    ...redeliveredWhenParked,
    faults: [downForDays],
  }),
  redelivery('redelivery-delivered'),
  // With `stands`, because it would otherwise skip to its next try before the message arrives.
  redelivery('redelivery-flaky-redelivered-at-once', { faults: [downOnce], time: 'stands', ...impatient }),
  redelivery('redelivery-gone', { faults: [gone] }),
  redelivery('redelivery-unread-then-retried', { faults: [unread], parked: retry }),
  redelivery('redelivery-unread-then-settled', { faults: [unread], parked: settled }),
  redelivery('redelivery-unread-then-settled-by-signal', { faults: [unread], parked: 'settled by signal' }),
  redelivery('redelivery-of-anothers-event', {}, 'm-kiosk'),
];

/** Started directly, without the house, so that the checker does not report its event that was never written. */
async function deliverNothing({ client }: House): Promise<WorkflowHandle> {
  const input = { eventId: 'evt-recorded-nothing-1', merchant: 'm-shop' };
  const run = await client.workflow.start(DeliverWebhook.type, {
    taskQueue: DeliverWebhook.queue,
    workflowId: DeliverWebhook.id.of(input),
    args: [input],
  });
  await run.result();
  return run;
}
