import { TopUpWallet } from '@longhaul/contracts';
import { createHttp, gatewayEventsService, ServiceError } from '@longhaul/service-clients';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { gatewayForEachTest, testGateway } from '../gateway.fixture.ts';
import {
  chargeEvent,
  fakePaymentService,
  secretKey,
  signatureOf,
  type FakePaymentService,
} from './paystack.fixture.ts';

let payments: FakePaymentService;
const gateway = gatewayForEachTest(() => {
  payments = fakePaymentService();
  payments.known.set('top-up-t-1', { concern: { kind: 'top-up', topUpId: 't-1', state: 'waiting', credited: null } });
  return { paystack: { secretKey, events: payments } };
});
const charged = chargeEvent('top-up-t-1');
const send = (app = gateway.app) =>
  app.inject({
    method: 'POST',
    url: '/api/v1/webhooks/paystack',
    headers: { 'x-paystack-signature': signatureOf(charged), 'content-type': 'application/json' },
    payload: charged,
  });
const signals = () => gateway.longhaul.calls.filter(({ call }) => call === 'signal charged');

beforeEach(async () => {
  const money = { amount: 500_000, currency: 'NGN' } as const;
  await gateway.longhaul.start(TopUpWallet, { topUpId: 't-1', userId: 'u-ada', money });
});

/** Work that waits until it is released, with a promise of its start. */
function stuck() {
  let begin: () => void = () => undefined;
  let letGo: () => void = () => undefined;
  const begun = new Promise<void>((resolve) => (begin = resolve));
  const end = new Promise<void>((resolve) => (letGo = resolve));
  const wait = () => {
    begin();
    return end;
  };
  return { wait, begun, letGo: () => letGo() };
}

/** The answer to a webhook within a second. A later answer never comes, because the fake clock then stops. */
async function answerAfterASecond(begun: Promise<void>) {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const answer = send();
  await begun;
  await vi.advanceTimersByTimeAsync(1_000);
  const response = await answer;
  vi.useRealTimers();
  return response;
}
afterEach(() => {
  vi.useRealTimers();
});

describe('a webhook is answered with a failure within a second, so that Paystack repeats it', () => {
  test('while the payment service does not answer', async () => {
    const { wait, begun, letGo } = stuck();
    payments.before = wait;
    const response = await answerAfterASecond(begun);
    expect(response.statusCode).toBe(503);
    expect(response.headers['retry-after']).toBeDefined();
    expect(response.json()).toMatchObject({ code: 'service-unavailable' });
    expect(signals()).toEqual([]);

    // The slow work goes on, and the repeated event joins it or finds it done.
    letGo();
    expect((await send()).statusCode).toBe(200);
    expect(payments.recorded).toHaveLength(1);
    expect(signals()).toHaveLength(1);
  });

  test('while Temporal does not answer', async () => {
    const { wait, begun, letGo } = stuck();
    const { handle } = gateway.longhaul;
    gateway.longhaul.handle = (contract, workflowId) => {
      const run = handle(contract, workflowId);
      return { ...run, signal: (name, input) => wait().then(() => run.signal(name, input)) };
    };
    expect((await answerAfterASecond(begun)).statusCode).toBe(503);
    expect(payments.recorded).toHaveLength(1);
    letGo();
    expect((await send()).statusCode).toBe(200);
    expect(signals()).toHaveLength(1);
  });

  test('and if the slow work fails later, that is logged and the next event repeats it', async () => {
    const { wait, begun, letGo } = stuck();
    payments.before = () => wait().then(() => Promise.reject(new Error('The database is full')));
    expect((await answerAfterASecond(begun)).statusCode).toBe(503);
    letGo();
    await vi.waitFor(() => {
      expect(gateway.logged.join('')).toContain('The database is full');
    });
    payments.before = () => Promise.resolve();
    expect((await send()).statusCode).toBe(200);
    expect(payments.recorded).toHaveLength(2);
    expect(signals()).toHaveLength(1);
  });
});

describe('an event that could not be passed on', () => {
  test('is recorded, and passed on when it is repeated', async () => {
    gateway.longhaul.away = true;
    const response = await send();
    expect(response.statusCode).toBe(503);
    expect(response.json()).toMatchObject({ code: 'temporal-unavailable' });
    expect(payments.recorded).toHaveLength(1);

    gateway.longhaul.away = false;
    expect((await send()).statusCode).toBe(200);
    expect(payments.recorded).toHaveLength(2);
    expect(signals()).toHaveLength(1);
  });

  test('because the payment service is down gets an answer without internals, and is repeated', async () => {
    const away = createHttp({ service: 'payment', baseUrl: 'http://127.0.0.1:1', timeoutMs: 500 });
    const { app } = await testGateway(gateway.issuer, { paystack: { secretKey, events: gatewayEventsService(away) } });
    const response = await send(app);
    expect(response.statusCode).toBe(503);
    expect(response.json()).toMatchObject({ code: 'service-unavailable' });
    expect(response.body).not.toContain('127.0.0.1');
    await app.close();
  });
});

describe('an event that the payment service refuses', () => {
  const answering = (status: number, headers: Record<string, string> = {}) => {
    const refusal = ServiceError.fromAnswer('payment', 'POST /gateway-events', status, headers['retry-after'], {});
    payments.before = () => Promise.reject(refusal);
  };

  test.each([400, 409, 410, 413, 422])('for good is accepted and logged as an error [%i]', async (status) => {
    answering(status);
    expect((await send()).statusCode).toBe(200);
    expect(signals()).toEqual([]);
    const [line] = gateway.logged.filter((logged) => logged.includes('will never take this event'));
    const told = { level: 50, event: 'charge.success', id: '302961', reference: 'top-up-t-1', code: `http-${status}` };
    expect(JSON.parse(line!)).toMatchObject(told);
  });

  test.each([401, 403, 404, 405, 429, 500])('for a reason that may pass is repeated [%i]', async (status) => {
    answering(status);
    expect((await send()).statusCode).toBe(503);
  });

  test('because the same event is still being processed is repeated', async () => {
    answering(409, { 'retry-after': '1' });
    expect((await send()).statusCode).toBe(503);
  });
});

describe('an event that is sent more than once', () => {
  test('is answered each time, and processed once', async () => {
    const answers = [await send(), await send(), await send()];
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200]);
    expect(payments.recorded).toHaveLength(1);
    expect(signals()).toHaveLength(1);
  });

  test('at the same time is processed once, too', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => send()));
    expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([200]));
    expect(signals()).toHaveLength(1);
  });

  test('to another instance of the gateway is recorded as a repeat, and the run is signalled again', async () => {
    const { app, longhaul } = await testGateway(gateway.issuer, {
      longhaul: gateway.longhaul,
      paystack: { secretKey, events: payments },
    });
    await send();
    expect((await send(app)).statusCode).toBe(200);
    expect(payments.recorded).toHaveLength(2);
    expect(longhaul.calls.filter(({ call }) => call === 'signal charged')).toHaveLength(2);
    await app.close();
  });
});
