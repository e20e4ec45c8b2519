import { connect, ownerDigest, Unavailable, type Longhaul } from '@longhaul/client';
import { ProcessPayment } from '@longhaul/contracts';
import { countRuns, startTestServer, type TestServer } from '@longhaul/testing/servers';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Aws, type QueueUrls } from './aws.fixture.ts';
import { createConsumer } from './consumer.ts';
import { deadLetterQueue } from './dead-letters.ts';
import { intake, type TakeMessage } from './intake.ts';
import { fakeLonghaul, paymentEvent } from './intake.fixture.ts';
import { paymentQueue } from './queue.ts';
import { takeBatch } from './take-batch.ts';

const log = pino({ level: 'silent' });
const rejected = (id: string) => `There is a run of this id with another input [payment-u-ada.${id}]`;

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

function takeFor(urls: QueueUrls, topicArn: string, through: Pick<Longhaul, 'start'> = longhaul): TakeMessage {
  const deadLetters = deadLetterQueue(aws.sqs, urls.deadLetterQueueUrl);
  return intake({ longhaul: through, deadLetters, topicArn, log });
}

/** Consumes messages, and publishes each lot when the one before is settled. */
async function consume(urls: QueueUrls, topicArn: string, lots: readonly (readonly string[])[]): Promise<void> {
  const stop = new AbortController();
  const consumer = createConsumer({
    queue: paymentQueue(aws.sqs, urls.queueUrl),
    take: takeFor(urls, topicArn),
    longhaul,
    pollers: 1,
    inOrder: false,
    log,
  });
  const running = consumer.run(stop.signal);
  for (const lot of lots) {
    await aws.publish(topicArn, lot);
    await expect.poll(() => aws.count(urls.queueUrl), { timeout: 60_000 }).toBe(0);
  }
  stop.abort();
  await running;
}

/** Like Lambda's poller: deletes messages that did not fail; the others become visible again after the timeout. */
async function pollAsLambda(urls: QueueUrls, take: TakeMessage): Promise<void> {
  const queue = paymentQueue(aws.sqs, urls.queueUrl);
  const messages = await queue.receive(new AbortController().signal, { wait: false });
  const { done } = await takeBatch(messages, take);
  if (done.length > 0) expect(await queue.remove(done)).toEqual([]);
}

describe.each([
  ['enveloped', false],
  ['raw', true],
])('a payment published to SNS and delivered %s', (name, raw) => {
  it('is one run with its correlation id, however often it is published', async () => {
    const urls = await aws.createQueue(name);
    const topicArn = await aws.createTopic(name, urls, { raw });
    const event = paymentEvent(`p-${name}`);
    const changed = paymentEvent(`p-${name}`, { money: { amount: 1, currency: 'NGN' } });
    const bodies = [event, event, changed, { ...event, type: 'payment.unheard-of' }].map((body) =>
      JSON.stringify(body),
    );
    await consume(urls, topicArn, [bodies.slice(0, 1), bodies.slice(1)]);

    const { workflowId, memo } = await longhaul.handle(ProcessPayment, `payment-u-ada.p-${name}`).describe();
    expect(memo).toMatchObject({ correlationId: event.correlationId, owner: ownerDigest(event.payment.user) });
    const runs = () => countRuns(server.address, `WorkflowId = "${workflowId}"`);
    await expect.poll(runs, { timeout: 30_000 }).toBe(1);
    const letters = await aws.deadLetters(urls);
    expect(letters.map(({ original }) => original).sort()).toEqual(bodies.slice(2).sort());
    expect(letters.map(({ reason }) => reason)).toEqual(
      expect.arrayContaining([rejected(`p-${name}`), expect.stringContaining('/type must be')]),
    );
    expect(letters.map(({ receiveCount }) => receiveCount)).toEqual(['1', '1']);
  });
});

describe('a message that could not be processed', () => {
  it('is delivered again, and after too many receives SQS moves it to the dead-letter queue', async () => {
    const urls = await aws.createQueue('failing', { maxReceiveCount: 2, visibilityTimeout: 1 });
    const failing = fakeLonghaul(() => new Unavailable('starting', undefined));
    let attempts = 0;
    const take = takeFor(urls, 'no-topic', failing);
    const counted: TakeMessage = (message) => {
      attempts += 1;
      return take(message);
    };
    await aws.send(urls, [JSON.stringify(paymentEvent('p-failing'))]);
    await expect
      .poll(
        async () => {
          await pollAsLambda(urls, counted);
          return aws.count(urls.deadLetterQueueUrl);
        },
        { timeout: 30_000, interval: 300 },
      )
      .toBe(1);
    expect(attempts).toBe(2);
    expect(await aws.deadLetters(urls)).toMatchObject([{ reason: undefined }]);
  });

  it('stays in the queue if it is poison and the dead-letter queue cannot be reached', async () => {
    const urls = await aws.createQueue('unburied');
    await aws.send(urls, ['poison']);
    const nowhere = { ...urls, deadLetterQueueUrl: `${urls.deadLetterQueueUrl}-gone` };
    await pollAsLambda(urls, takeFor(nowhere, 'no-topic'));
    expect(await aws.count(urls.queueUrl)).toBe(1);
    expect(await aws.deadLetters(urls)).toEqual([]);
  });

  it('can be put back, so that it is delivered sooner', async () => {
    const urls = await aws.createQueue('put-back', { visibilityTimeout: 3_600 });
    await aws.send(urls, ['one', 'other']);
    const queue = paymentQueue(aws.sqs, urls.queueUrl);
    const receive = () => queue.receive(new AbortController().signal, { wait: false });
    const [first] = await receive();
    expect(await queue.putBack([first!])).toEqual([]);
    await expect.poll(async () => (await receive()).map(({ id }) => id), { timeout: 30_000 }).toEqual([first!.id]);
  });
});
