import { check, ProcessPaymentInput } from '@longhaul/contracts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gatewayForEachTest, pointersOf } from './gateway.fixture.ts';

const gateway = gatewayForEachTest(() => ({ requestsPerMinute: 100_000 }));
const payment = { paymentId: 'p-9', user: 'u-ada', merchant: 'm-shop', money: { amount: 450_000, currency: 'NGN' } };
const pay = (payload: string | object, headers: Record<string, string> = {}) =>
  gateway.post('/api/v1/payments/initialize', payload, { 'content-type': 'application/json', ...headers });

describe('a payment', () => {
  test('is started, and answered with the run and its address', async () => {
    const response = await pay(payment, { 'x-correlation-id': 'order-7' });
    expect(response.statusCode).toBe(202);
    expect(response.headers.location).toBe('/api/v1/payments/payment-u-ada.p-9/status');
    expect(response.json()).toEqual({ workflowId: 'payment-u-ada.p-9', runId: 'run-1' });
    const { calls } = gateway.longhaul;
    expect(calls).toMatchObject([{ with: { input: payment, owner: 'u-ada', correlationId: 'order-7' } }]);
  });

  test('takes its id from the Idempotency-Key, and a repeat gets the same run', async () => {
    const withoutKey = { ...payment, paymentId: undefined };
    const first = await pay(withoutKey, { 'idempotency-key': '"p-9"' });
    const second = await pay(withoutKey, { 'idempotency-key': 'p-9' });
    expect(first.json()).toMatchObject({ workflowId: 'payment-u-ada.p-9' });
    expect(second.body).toBe(first.body);
  });

  test('with another amount and the same id is refused', async () => {
    await pay(payment);
    const response = await pay({ ...payment, money: { amount: 1, currency: 'NGN' } });
    expect(response.statusCode).toBe(422);
    expect(response.json()).toMatchObject({ code: 'input-conflict' });
  });

  test("cannot charge another user's card", async () => {
    const response = await pay({ ...payment, user: 'u-bayo' });
    expect(response.statusCode).toBe(403);
    expect(response.json()).toMatchObject({ code: 'not-allowed', errors: [{ pointer: '/user' }] });
    expect(gateway.longhaul.calls).toEqual([]);
  });

  test.each([
    ['zero', JSON.stringify(payment).replace('450000', '0'), '/money/amount'],
    ['a negative amount', JSON.stringify(payment).replace('450000', '-1'), '/money/amount'],
    ['negative zero', JSON.stringify(payment).replace('450000', '-0'), '/money/amount'],
    ['an amount beyond numbers', JSON.stringify(payment).replace('450000', '1e400'), '/money/amount'],
    ['more than the safe integers', JSON.stringify(payment).replace('450000', '9007199254740993'), '/money/amount'],
    ['a fraction', JSON.stringify(payment).replace('450000', '0.1'), '/money/amount'],
    ['a text', JSON.stringify(payment).replace('450000', '"100"'), '/money/amount'],
    ['an unknown currency', JSON.stringify(payment).replace('NGN', 'XXX'), '/money/currency'],
    ['an unknown field', JSON.stringify({ ...payment, tip: 1 }), '/tip'],
    ['a nested unknown field', JSON.stringify({ ...payment, money: { ...payment.money, fee: 1 } }), '/money/fee'],
    ['an invalid id', JSON.stringify({ ...payment, paymentId: 'p/9' }), '/paymentId'],
  ])('of %s is refused by the name of the field', async (_what, body, pointer) => {
    const response = await pay(body);
    expect(response.statusCode).toBe(400);
    expect(response.json()).toMatchObject({ code: 'invalid-request' });
    expect(pointersOf(response.body)).toEqual([pointer]);
    expect(gateway.longhaul.calls).toEqual([]);
  });
});

describe('any JSON that is sent as a payment', () => {
  const mostly = <T>(right: T) =>
    fc.oneof({ weight: 9, arbitrary: fc.constant(right) }, { weight: 1, arbitrary: fc.jsonValue() });
  const nearly = fc.record(
    {
      paymentId: mostly('p-9'),
      user: mostly('u-ada'),
      merchant: mostly('m-shop'),
      money: fc.oneof(
        fc.record({ amount: fc.oneof(fc.integer(), fc.double()), currency: mostly('NGN') }, { requiredKeys: [] }),
        fc.jsonValue(),
      ),
      description: fc.oneof(fc.string(), fc.jsonValue()),
    },
    { requiredKeys: ['paymentId', 'user', 'merchant', 'money'] },
  );
  const bodies = fc.oneof(
    { weight: 8, arbitrary: nearly.map((body) => JSON.stringify(body)) },
    { weight: 2, arbitrary: fc.json() },
    { weight: 1, arbitrary: fc.string() },
  );

  test('is never answered with 500, and reaches Temporal only if it fulfils the contract', async () => {
    const seen = new Set<number>();
    await fc.assert(
      fc.asyncProperty(bodies, async (body) => {
        const { longhaul } = gateway;
        longhaul.calls.splice(0);
        longhaul.runs.clear();
        const { statusCode } = await pay(body);
        seen.add(statusCode);
        expect([202, 400, 403]).toContain(statusCode);
        expect(longhaul.calls.length).toBe(statusCode === 202 ? 1 : 0);
        if (statusCode === 202) expect(check(ProcessPaymentInput, JSON.parse(body))).toMatchObject({ ok: true });
      }),
      { numRuns: 300 },
    );
    // The generated requests included accepted and refused ones.
    expect([...seen]).toEqual(expect.arrayContaining([202, 400]));
  });
});
