import { createServer, type AddressInfo } from 'node:net';
import { startApp, untilReady, type AppProcess } from '@longhaul/testing/processes';
import { countRuns, lateTestServer, startTestServer, type TestServer } from '@longhaul/testing/servers';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Aws, type QueueUrls } from './aws.fixture.ts';
import { paymentEvent, topicArn } from './intake.fixture.ts';

let aws: Aws;
let server: TestServer;
const started: AppProcess[] = [];

beforeAll(async () => {
  [aws, server] = await Promise.all([Aws.start(), startTestServer()]);
});
afterEach(async () => {
  for (const intake of started.splice(0)) await intake.kill();
});
afterAll(async () => {
  await server.stop();
  await aws.stop();
});

async function start(
  { queueUrl, deadLetterQueueUrl }: QueueUrls,
  changes: Record<string, string | undefined> = {},
): Promise<AppProcess> {
  const environment = {
    ...aws.emulator.environment,
    TEMPORAL_ADDRESS: server.address,
    PAYMENT_QUEUE_URL: queueUrl,
    PAYMENT_DEAD_LETTER_QUEUE_URL: deadLetterQueueUrl,
    PAYMENT_TOPIC_ARN: topicArn,
    HEALTH_PORT: '0',
    HEALTH_HOST: '127.0.0.1',
    // The emulator has no locks, so it must not have concurrent receives.
    INTAKE_POLLERS: '1',
    ...changes,
  };
  const intake = await startApp({ name: 'payment-intake' }, { environment });
  started.push(intake);
  return intake;
}

async function get(intake: AppProcess, path: string): Promise<{ status: number; text: string }> {
  const answer = await fetch(`${await intake.url()}${path}`);
  return { status: answer.status, text: await answer.text() };
}

const bodiesOf = (name: string, count: number) =>
  Array.from({ length: count }, (_, index) => JSON.stringify(paymentEvent(`${name}-${index}`)));
const runsOf = (name: string) => countRuns(server.address, `WorkflowId STARTS_WITH "payment-u-ada.${name}-"`);
const patience = { timeout: 60_000, interval: 200 };

describe('a container that is stopped under load', () => {
  it('settles its messages and exits with 0, and another one takes over', { timeout: 240_000 }, async () => {
    const queue = await aws.createQueue('handed-over');
    const poison = Array.from({ length: 20 }, (_, index) => `poison ${index}`);
    await aws.send(queue, [...bodiesOf('handed', 180), ...poison]);
    const first = await start(queue);
    await first.logged('Started a payment');
    expect(await first.terminate()).toMatchObject({ exitCode: 0, withinGrace: true });
    await first.logged('Drained');
    const startedByFirst = first.log.filter(({ msg }) => msg === 'Started a payment').length;
    expect(startedByFirst).toBeGreaterThan(0);
    expect(startedByFirst).toBeLessThan(180);

    const second = await start(queue);
    await expect.poll(() => aws.count(queue.queueUrl), { ...patience, timeout: 120_000 }).toBe(0);
    expect(await get(second, '/readyz')).toEqual({ status: 200, text: 'ok\n' });
    const { text } = await get(second, '/metrics');
    const startedBySecond = second.log.filter(({ msg }) => msg === 'Started a payment').length;
    expect(text).toContain(`longhaul_payment_intake_messages_total{outcome="started"} ${startedBySecond}\n`);
    expect(startedByFirst + startedBySecond).toBe(180);

    await expect.poll(() => runsOf('handed'), patience).toBe(180);
    const letters = await aws.deadLetters(queue);
    expect(letters.map(({ body }) => body).sort()).toEqual(poison.sort());
    expect(await second.terminate()).toMatchObject({ exitCode: 0, withinGrace: true });
  });
});

describe('a container without Temporal', () => {
  it('is alive and not ready, leaves the messages in the queue, and starts them when Temporal is up', async () => {
    const queue = await aws.createQueue('waiting');
    await aws.send(queue, bodiesOf('waiting', 5));
    const late = await lateTestServer();
    const intake = await start(queue, { TEMPORAL_ADDRESS: late.address });
    await intake.logged('Nothing can be taken at the moment');
    expect(await get(intake, '/livez')).toEqual({ status: 200, text: 'ok\n' });
    expect(await get(intake, '/readyz')).toMatchObject({ status: 503 });

    await late.restart();
    try {
      await untilReady('the intake', `${await intake.url()}/readyz`);
      await expect.poll(() => aws.count(queue.queueUrl), patience).toBe(0);
      const lines = intake.log.filter(({ msg }) => msg === 'Started a payment');
      expect(lines.map(({ receiveCount }) => receiveCount)).toEqual([1, 1, 1, 1, 1]);
    } finally {
      await intake.terminate();
      await late.stop();
    }
  });
});

describe('a container that is switched off', () => {
  it.each(['ENABLE_SQS_CONSUMER', 'ENABLE_TEMPORAL_WORKFLOWS'])(
    'by %s logs that, serves health and does not poll',
    async (flag) => {
      const queue = await aws.createQueue(`off-${flag}`);
      await aws.send(queue, bodiesOf('off', 1));
      const intake = await start(queue, { [flag]: 'false' });
      await intake.logged(`Switched off by ${flag}: nothing is polled`);
      expect(await get(intake, '/livez')).toMatchObject({ status: 200 });
      expect(await get(intake, '/readyz')).toMatchObject({ status: 200 });
      expect(await intake.terminate()).toMatchObject({ exitCode: 0, withinGrace: true });
      const said = intake.log.map(({ msg }) => msg);
      expect(said).not.toContain('Polling');
      expect(await aws.count(queue.queueUrl)).toBe(1);
    },
  );
});

describe('a container with a wrong configuration', () => {
  const nowhere = { queueUrl: '', deadLetterQueueUrl: 'dead' };

  it('reports all mistakes in its environment at once, and exits with 78', async () => {
    const intake = await start(nowhere, {
      AWS_REGION: undefined,
      PAYMENT_TOPIC_ARN: 'payments',
      ENABLE_SQS_CONSUMER: 'perhaps',
      INTAKE_POLLERS: '0',
      HEALTH_PORT: '65536',
      LOG_LEVEL: 'loud',
    });
    expect(await intake.ended).toEqual({ code: 78, signal: null });
    for (const mistake of [
      'PAYMENT_QUEUE_URL is not set (the queue that the container polls)',
      'PAYMENT_DEAD_LETTER_QUEUE_URL must be an http or https URL [dead]',
      'PAYMENT_TOPIC_ARN must be the ARN of an SNS topic [payments]',
      'AWS_REGION is not set (region of the queues)',
      /ENABLE_SQS_CONSUMER .* \[perhaps\]/,
      /INTAKE_POLLERS .* \[0\]/,
      /HEALTH_PORT .* \[65536\]/,
      /LOG_LEVEL .* \[loud\]/,
    ]) {
      expect(intake.log.at(-1)?.msg).toMatch(mistake);
    }
  });

  it('reports a taken health port and its variable', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as AddressInfo;
    const intake = await start(await aws.createQueue('taken'), { HEALTH_PORT: String(port) });
    expect(await intake.ended).toEqual({ code: 1, signal: null });
    expect(intake.log.at(-1)?.msg).toBe(`The port is taken: set HEALTH_PORT to a free one [${port}]`);
    other.close();
  });
});
