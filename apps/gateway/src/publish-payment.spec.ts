import { InputConflict } from '@longhaul/client';
import { PaymentInitiated, ProcessPayment, type ProcessPaymentInput } from '@longhaul/contracts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { fakeLonghaul, type FakeLonghaul } from './fake-longhaul.fixture.ts';
import { startFakeSns } from './fake-sns.fixture.ts';
import { gatewayForEachTest, ride, testGateway } from './gateway.fixture.ts';
import { paymentPublisher } from './publish-payment.ts';

const topic = 'arn:aws:sns:eu-west-2:123456789012:payments';
const payment = {
  paymentId: 'p-9',
  user: 'u-ada',
  merchant: 'm-shop',
  money: { amount: 450_000, currency: 'NGN' },
} as const;

let sns: Awaited<ReturnType<typeof startFakeSns>>;
beforeAll(async () => {
  sns = await startFakeSns();
});
afterAll(() => sns.close());
beforeEach(() => {
  sns.published.splice(0);
  environmentOfAws(sns.url);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

/** Sets the variables that AWS's client reads. */
function environmentOfAws(endpoint: string): void {
  vi.stubEnv('AWS_ENDPOINT_URL', endpoint);
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
  vi.stubEnv('AWS_REGION', undefined);
}

const events = () => sns.published.map(({ fields }) => PaymentInitiated.parse(JSON.parse(fields['Message']!)));

describe.each([
  ['on', true],
  ['off', false],
])('with publishing on, and workflows %s, a payment', (_word, enabled) => {
  const gateway = gatewayForEachTest(() => {
    const longhaul = fakeLonghaul({ enabled });
    return { longhaul, waysToStart: [{ contract: ProcessPayment, start: paymentPublisher(longhaul, topic) }] };
  });
  const pay = (payload: object = payment) =>
    gateway.post('/api/v1/payments/initialize', payload, { 'x-correlation-id': 'order-7' });

  test('is published once, with the correlation id, and not started', async () => {
    const response = await pay();
    expect(response.statusCode).toBe(202);
    expect(response.json()).toEqual({ workflowId: 'payment-u-ada.p-9' });
    expect(response.headers.location).toBe('/api/v1/payments/payment-u-ada.p-9/status');
    expect(events()).toEqual([{ type: 'payment.initiated', correlationId: 'order-7', payment }]);
    const [{ fields, headers }] = sns.published as [(typeof sns.published)[number]];
    expect(fields).toMatchObject({ Action: 'Publish', TopicArn: topic });
    // The region of the topic is used, although the environment does not set it.
    expect(headers.authorization).toContain('/eu-west-2/sns/');
    expect(gateway.longhaul.runs.size).toBe(0);
  });

  test('is published while Temporal is down', async () => {
    gateway.longhaul.away = true;
    expect((await pay()).statusCode).toBe(202);
    expect(events()).toHaveLength(1);
  });

  test('is the only kind of start that is published', async () => {
    const { statusCode } = await gateway.post('/api/v1/bookings', ride);
    expect(statusCode).toBe(enabled ? 202 : 503);
    expect(sns.published).toEqual([]);
  });

  test('that breaks the contract is not published', async () => {
    expect((await pay({ ...payment, money: { amount: 0, currency: 'NGN' } })).statusCode).toBe(400);
    expect((await pay({ ...payment, user: 'u-bayo' })).statusCode).toBe(403);
    expect(sns.published).toEqual([]);
  });

  test('is answered with 503 while SNS is down, so that the caller retries', async () => {
    environmentOfAws('http://127.0.0.1:1');
    const { longhaul } = gateway;
    const waysToStart = [{ contract: ProcessPayment, start: paymentPublisher(longhaul, topic) }];
    const { app } = await testGateway(gateway.issuer, { longhaul, waysToStart });
    const response = await app.inject({
      method: 'POST',
      url: '/api/v1/payments/initialize',
      headers: { authorization: await gateway.bearer() },
      payload: payment,
    });
    expect(response.statusCode).toBe(503);
    expect(response.headers['retry-after']).toBeDefined();
    expect(response.json()).toMatchObject({ code: 'service-unavailable' });
    expect(response.body).not.toContain('127.0.0.1');
    expect(gateway.longhaul.runs.size).toBe(0);
    await app.close();
  });
});

describe('a payment that already has a run', () => {
  let longhaul: FakeLonghaul;
  const publish = (about: ProcessPaymentInput = payment, to = topic) =>
    paymentPublisher(longhaul, to)(about, { owner: about.user, correlationId: 'order-8' });
  beforeEach(async () => {
    longhaul = fakeLonghaul();
    await longhaul.start(ProcessPayment, payment, { owner: 'u-ada' });
  });

  test('is joined, and not published again', async () => {
    expect(await publish()).toEqual({ workflowId: 'payment-u-ada.p-9', runId: 'run-1' });
    longhaul.end('payment-u-ada.p-9');
    expect(await publish()).toEqual({ workflowId: 'payment-u-ada.p-9', runId: 'run-1' });
    expect(sns.published).toEqual([]);
  });

  test('with another input is refused, and not published', async () => {
    const another = { ...payment, money: { amount: 1, currency: 'NGN' } } as const;
    await expect(publish(another)).rejects.toThrow(InputConflict);
    expect(sns.published).toEqual([]);
  });

  test('is published while starts are switched off, and the intake finds the run', async () => {
    const { runs } = longhaul;
    longhaul = fakeLonghaul({ enabled: false });
    for (const [workflowId, run] of runs) longhaul.runs.set(workflowId, run);
    expect(await publish()).toEqual({ workflowId: 'payment-u-ada.p-9' });
    expect(events()).toMatchObject([{ payment }]);
  });

  test('an internal error publishes nothing', async () => {
    longhaul.start = () => Promise.reject(new TypeError('Cannot read properties of undefined'));
    await expect(publish()).rejects.toThrow(TypeError);
    expect(sns.published).toEqual([]);
  });
});

test('a FIFO topic gets a group id and a deduplication id', async () => {
  const publish = paymentPublisher(fakeLonghaul(), `${topic}.fifo`);
  for (const correlationId of ['order-7', 'order-8']) await publish(payment, { owner: 'u-ada', correlationId });
  const [first, second] = sns.published.map(({ fields }) => fields);
  expect(first).toMatchObject({
    MessageGroupId: 'p-9',
    MessageDeduplicationId: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  expect(second!['MessageDeduplicationId']).toBe(first!['MessageDeduplicationId']);
});
