import { connect, type Longhaul } from '@longhaul/client';
import { ProcessPayment } from '@longhaul/contracts';
import { countRuns, startTestServer, type TestServer } from '@longhaul/testing/servers';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Aws, type QueueUrls } from './aws.fixture.ts';
import { createConsumer } from './consumer.ts';
import { deadLetterQueue } from './dead-letters.ts';
import { intake, type Outcome } from './intake.ts';
import { paymentEvent } from './intake.fixture.ts';
import { paymentQueue, type Queue } from './queue.ts';

let aws: Aws;
let server: TestServer;
let longhaul: Longhaul;

beforeAll(async () => {
  [aws, server] = await Promise.all([Aws.start(), startTestServer()]);
  longhaul = connect({ connection: { address: server.address } });
});
afterAll(async () => {
  await longhaul.close();
  await server.stop();
  await aws.stop();
});

const messages = 10_000;
const payments = 8_000;
const poison = 500;
/** The emulator becomes slow with many messages in a queue, so only a few are published at a time. */
const publishedAtOnce = 50;

/** Of a hundred messages, eighty are payments, fifteen are copies of one of them, and five are poison. */
function bodyOf(index: number): string {
  const place = index % 100;
  if (place < 80) return JSON.stringify(paymentEvent(`p-${index}`));
  if (place < 95) return JSON.stringify(paymentEvent(`p-${index - 79}`));
  return poisons[place - 95]!.body(index);
}

const poisons: readonly { readonly body: (index: number) => string; readonly reason: RegExp }[] = [
  { body: (index) => `poison ${index}`, reason: /^The message is not JSON$/ },
  {
    body: (index) => JSON.stringify({ ...paymentEvent(`p-${index}`), type: 'payment.cancelled' }),
    reason: /\[\/type must be "payment.initiated"\]$/,
  },
  {
    body: (index) => JSON.stringify(paymentEvent(`p-${index}`, { money: { amount: -1, currency: 'NGN' } })),
    reason: /\[\/payment\/money\/amount /,
  },
  {
    body: (index) => JSON.stringify({ type: 'payment.initiated', index }),
    reason: /\[\/correlationId is missing; \/payment is missing\]$/,
  },
  { body: (index) => JSON.stringify([index]), reason: /\[\/ must be of type object\]$/ },
];

/** A queue that is filled whenever it is empty, because the emulator cannot be filled and emptied at the same time. */
function fed(queue: Queue, bodies: string[], publish: (bodies: string[]) => Promise<void>): Queue {
  let inQueue = 0;
  return {
    ...queue,
    async receive(stop, how) {
      if (inQueue === 0) {
        const next = bodies.splice(0, publishedAtOnce);
        await publish(next);
        inQueue = next.length;
      }
      return queue.receive(stop, how);
    },
    async remove(settled) {
      const failed = await queue.remove(settled);
      inQueue -= settled.length - failed.length;
      return failed;
    },
  };
}

const title =
  '10,000 messages: each payment is one run, each poison one dead letter, and a stop in the middle loses nothing';

it(title, { timeout: 600_000 }, async () => {
  const enveloped = await aws.createQueue('enveloped');
  const raw = await aws.createQueue('raw');
  const topicArn = await aws.createTopic('payments', enveloped, { raw: false });
  const bodies = Array.from({ length: messages }, (_, index) => bodyOf(index));
  const even = bodies.filter((_, index) => index % 2 === 0);
  const odd = bodies.filter((_, index) => index % 2 === 1);
  const lanes = [
    {
      urls: enveloped,
      queue: fed(paymentQueue(aws.sqs, enveloped.queueUrl), even, (next) => aws.publish(topicArn, next)),
    },
    { urls: raw, queue: fed(paymentQueue(aws.sqs, raw.queueUrl), odd, (next) => aws.send(raw, next)) },
  ];

  const outcomes: Record<Outcome, number> = { started: 0, duplicate: 0, rejected: 0, again: 0 };
  const settled = () => outcomes.started + outcomes.duplicate + outcomes.rejected;

  /** Runs one consumer for each queue until this number of messages is settled. */
  async function consumeUntil(count: number): Promise<void> {
    const stop = new AbortController();
    const consume = ({ urls, queue }: { urls: QueueUrls; queue: Queue }) =>
      createConsumer({
        queue,
        take: intake({
          longhaul,
          deadLetters: deadLetterQueue(aws.sqs, urls.deadLetterQueueUrl),
          topicArn,
          log: pino({ level: 'silent' }),
          count: (outcome) => {
            outcomes[outcome] += 1;
            if (settled() >= count) stop.abort();
          },
        }),
        longhaul,
        pollers: 1,
        inOrder: false,
        log: pino({ level: 'silent' }),
      }).run(stop.signal);
    await Promise.all(lanes.map(consume));
  }

  await consumeUntil(messages * 0.4);
  await consumeUntil(messages);

  expect(settled()).toBe(messages);
  expect(outcomes.rejected).toBe(poison);
  const runs = () => countRuns(server.address, `WorkflowType = "${ProcessPayment.type}"`);
  await expect.poll(runs, { timeout: 30_000 }).toBe(payments);

  const letters = (await Promise.all(lanes.map(({ urls }) => aws.deadLetters(urls)))).flat();
  const told = new Map(letters.map(({ original, reason }) => [original, reason]));
  expect(letters).toHaveLength(poison);
  bodies.forEach((body, index) => {
    const expected = poisons[(index % 100) - 95]?.reason;
    if (expected) expect(told.get(body)).toMatch(expected);
  });
  expect(await Promise.all(lanes.map(({ urls }) => aws.count(urls.queueUrl)))).toEqual([0, 0]);
});
