import { copyFile, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { bundleOf } from '@longhaul/testing/processes';
import { startChild, startTestServer, type TestServer } from '@longhaul/testing/servers';
import type { SQSBatchResponse, SQSRecord } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Aws, type QueueUrls } from './aws.fixture.ts';
import { inEnvelope, paymentEvent, topicArn } from './intake.fixture.ts';

let aws: Aws;
let server: TestServer;
let folder: string;
let queue: QueueUrls;

/** The part of Lambda's runtime that is needed here: it loads the handler, passes a batch, and reads the answer. */
const runtime = `
const { handler } = await import('./lambda.mjs');
const endsAt = Date.now() + 30_000;
const answer = await handler(JSON.parse(process.env.BATCH), { getRemainingTimeInMillis: () => endsAt - Date.now() });
console.log('ANSWER ' + JSON.stringify(answer));
process.exit(0);
`;

beforeAll(async () => {
  [aws, server] = await Promise.all([Aws.start(), startTestServer()]);
  queue = await aws.createQueue('payments');
  // Outside of the repository, so that no packages are found.
  folder = await mkdtemp(join(tmpdir(), 'longhaul-lambda-'));
  await copyFile(join(dirname(bundleOf({ name: 'payment-intake' })), 'lambda.mjs'), join(folder, 'lambda.mjs'));
  await writeFile(join(folder, 'runtime.mjs'), runtime);
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await server.stop();
  await aws.stop();
});

async function invoke(bodies: readonly string[], changes: Record<string, string> = {}) {
  const Records = bodies.map((body, index): Partial<SQSRecord> => ({
    messageId: `m-${index}`,
    body,
    attributes: { ApproximateReceiveCount: '1' } as SQSRecord['attributes'],
    eventSourceARN: 'arn:aws:sqs:eu-west-1:123456789012:payments',
  }));
  const lines: string[] = [];
  const child = await startChild({
    name: 'lambda',
    command: process.execPath,
    args: ['runtime.mjs'],
    cwd: folder,
    onLine: (line) => lines.push(line),
    env: {
      ...aws.emulator.environment,
      TEMPORAL_ADDRESS: server.address,
      PAYMENT_TOPIC_ARN: topicArn,
      PAYMENT_DEAD_LETTER_QUEUE_URL: queue.deadLetterQueueUrl,
      BATCH: JSON.stringify({ Records }),
      ...changes,
    },
  });
  const { code } = await child.ended;
  const answer = lines.find((line) => line.startsWith('ANSWER '));
  return {
    code,
    said: lines.join('\n'),
    answer: answer && (JSON.parse(answer.slice('ANSWER '.length)) as SQSBatchResponse),
  };
}

describe('the bundle for Lambda, alone in a folder', () => {
  it('is the only file', async () => {
    expect((await readdir(folder)).sort()).toEqual(['lambda.mjs', 'runtime.mjs']);
  });

  it('starts payments, puts poison messages into the dead-letter queue, and completes the batch', async () => {
    const good = Array.from({ length: 7 }, (_, index) => paymentEvent(`lambda-${index}`));
    const poison = ['{"type":', inEnvelope('{}', { TopicArn: `${topicArn}-2` }), '{"type":"payment.unheard-of"}'];
    const { answer } = await invoke([
      ...good.slice(0, 4).map((event) => JSON.stringify(event)),
      ...poison,
      ...good.slice(4).map((event) => inEnvelope(JSON.stringify(event))),
    ]);
    expect(answer).toEqual({ batchItemFailures: [] });
    const letters = await aws.deadLetters(queue);
    expect(letters.map(({ body }) => body).sort()).toEqual(poison.sort());
    expect(letters.map(({ originalMessageId }) => originalMessageId).sort()).toEqual(['m-4', 'm-5', 'm-6']);
    const { said } = await invoke([JSON.stringify(good[0])]);
    expect(said).toContain('The payment was started before');
  });

  it.each([
    ['Temporal does not answer', { TEMPORAL_ADDRESS: '127.0.0.1:1' }],
    ['starting is switched off', { ENABLE_TEMPORAL_WORKFLOWS: 'false' }],
    ['it is switched off itself', { ENABLE_LAMBDA_PROCESSING: 'false' }],
  ])('gives a payment back when %s', async (_when, changes) => {
    const { answer } = await invoke([JSON.stringify(paymentEvent('lambda-later'))], changes);
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'm-0' }] });
  });

  it('throws if its environment is invalid, so that all messages are delivered again', async () => {
    const { code, said, answer } = await invoke(['{}'], { PAYMENT_TOPIC_ARN: '', AWS_REGION: '' });
    expect({ code, answer }).toEqual({ code: 1, answer: undefined });
    expect(said).toMatch(/The environment cannot be used:[^]*PAYMENT_TOPIC_ARN is not set[^]*AWS_REGION is not set/);
  });
});
