import { ProcessPayment, ProcessPaymentOutcome } from '@longhaul/contracts';
import { report } from '@longhaul/checker';
import {
  apps,
  evidenceOf,
  houseApi,
  judgeHouse,
  openRealHouse,
  Refused,
  startApp,
  type AppProcess,
  type RealHouse,
  type StartedRun,
} from '@longhaul/testing/processes';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Aws } from './aws.fixture.ts';
import { paymentEvent } from './intake.fixture.ts';

let aws: Aws;
let house: RealHouse;
let intake: AppProcess;
let topicArn: string;

beforeAll(async () => {
  aws = await Aws.start();
  const queue = await aws.createQueue('by-queue');
  topicArn = await aws.createTopic('by-queue', queue, { raw: false });
  const gateway = { ...aws.emulator.environment, ENABLE_SNS_PUBLISHING: 'true', PAYMENT_TOPIC_ARN: topicArn };
  house = await openRealHouse({ name: 'by-queue', gateway });
  await house.startWorker(apps.payment);
  intake = await startApp(
    { name: 'payment-intake' },
    {
      environment: {
        ...aws.emulator.environment,
        TEMPORAL_ADDRESS: house.addresses.temporal,
        PAYMENT_QUEUE_URL: queue.queueUrl,
        PAYMENT_DEAD_LETTER_QUEUE_URL: queue.deadLetterQueueUrl,
        PAYMENT_TOPIC_ARN: topicArn,
        HEALTH_PORT: '0',
        HEALTH_HOST: '127.0.0.1',
        INTAKE_POLLERS: '1',
      },
    },
  );
});
afterAll(async () => {
  await intake.kill();
  await house.close();
  await aws.stop();
});

it('a payment that is requested by an event, a repeated event and a start is made once', async () => {
  const api = houseApi(house.addresses);
  const event = paymentEvent('by-queue-1', { money: { amount: 7_500, currency: 'NGN' } });
  const { payment } = event;
  const asked = await api.start(ProcessPayment, payment, payment.user);
  expect(asked.answer).toEqual({ workflowId: ProcessPayment.id.of(payment) });

  const outcome = () => api.result(asked, ProcessPaymentOutcome).catch(unlessNotThereYet);
  await expect.poll(outcome, { timeout: 60_000, interval: 500 }).toMatchObject({ status: 'completed' });

  // The event is delivered again, as queues may do; the caller repeats the request, and gets the existing run.
  await aws.publish(topicArn, [JSON.stringify(event)]);
  await intake.logged('The payment was started before');
  const again: StartedRun = await api.start(ProcessPayment, payment, payment.user);
  expect(again.answer).toEqual({ workflowId: asked.workflowId, runId: expect.any(String) });

  const { journal } = await evidenceOf(house.addresses.sandbox);
  const effects = journal.filter((entry) => 'reference' in entry && entry.reference === asked.workflowId);
  expect(effects.map(({ effect }) => effect).toSorted()).toEqual([
    'card-charged',
    'gateway-event-recorded',
    'payment-completed',
  ]);
  const ids = new Set(
    effects.filter(({ effect }) => effect !== 'gateway-event-recorded').map((entry) => entry.correlationId),
  );
  expect([...ids]).toEqual([api.answers[0]!.correlationId]);

  const { violations } = await judgeHouse(house.addresses, api);
  expect(violations, report(violations)).toEqual([]);
});

function unlessNotThereYet(error: unknown): undefined {
  if (!(error instanceof Refused && error.status === 404)) throw error;
}
