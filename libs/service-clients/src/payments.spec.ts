import { describe, expect, it } from 'vitest';
import { createHttp } from './http.ts';
import { context, localService } from './local-service.fixture.ts';
import { merchantsService } from './merchants.ts';
import { paymentsService } from './payments.ts';

const service = localService();
const http = () => createHttp({ service: 'payment', baseUrl: `${service.url}/payment`, timeoutMs: 2_000 });
const payments = () => paymentsService(http());
const merchants = () => merchantsService(http());

const paymentId = 'p-1';
const money = { amount: 1_200, currency: 'NGN' };
const parties = { user: 'u-1', merchant: 'm-1', money };
const madeBy = 'run-1';
const keyed = { 'idempotency-key': context.key };
const lastCall = () => service.seen.at(-1);

describe('a payment', () => {
  it('is opened', async () => {
    service.willAnswer([201, { state: 'processing' }]);
    expect(await payments().open({ paymentId, madeBy, ...parties }, context)).toEqual({ status: 'processing' });
    const body = { madeBy, ...parties };
    expect(lastCall()).toMatchObject({ call: 'POST /payment/payments/p-1/opening', headers: keyed, body });
  });

  it.each([
    [409, 'already-undone'],
    [409, 'payment-exists'],
    [422, 'idempotency-key-reused'],
  ])('is not opened when another run opened it before (%i %s)', async (status, code) => {
    service.willAnswer([status, { code }]);
    expect(await payments().open({ paymentId, madeBy, ...parties }, context)).toEqual({ status: 'made-before' });
  });

  it('is completed, with the event about it', async () => {
    service.willAnswer([201, { eventId: 'evt-p-1-1', sequence: 1 }]);
    const completed = await payments().complete({ paymentId, reference: 'payment-p-1', money }, context);
    expect(completed).toEqual({ eventId: 'evt-p-1-1', sequence: 1 });
    expect(lastCall()).toMatchObject({
      call: 'POST /payment/payments/p-1/completion',
      headers: keyed,
      body: { reference: 'payment-p-1', money },
    });
  });

  it('is closed, with the event about it', async () => {
    service.willAnswer([201, { eventId: 'evt-p-1-1', sequence: 1 }]);
    const closing = {
      state: 'declined',
      reason: 'Insufficient Funds',
      madeBy,
      chargeReturned: false,
      ...parties,
    } as const;
    expect(await payments().close({ paymentId, ...closing }, context)).toMatchObject({ sequence: 1 });
    expect(lastCall()).toMatchObject({ call: 'POST /payment/payments/p-1/closing', headers: keyed, body: closing });
  });

  it('is found, or undefined', async () => {
    const nothing = { amount: 0, currency: 'NGN' };
    const open = { state: 'processing', reference: null, reason: null, chargeReturned: false, eventId: null } as const;
    const record = { paymentId, ...parties, ...open, refunded: nothing, madeBy };
    service.willAnswer([200, record], [404, { code: 'not-found' }]);
    expect(await payments().find(paymentId, context)).toEqual(record);
    expect(lastCall()).toMatchObject({ call: 'GET /payment/payments/p-1' });
    expect(await payments().find(paymentId, context)).toBeUndefined();
  });

  it("is charged to the customer's saved card", async () => {
    const customer = { email: 'u-1@passengers.test', authorization: 'AUTH_u-1' };
    service.willAnswer([200, customer]);
    expect(await payments().customer('u-1', context)).toEqual(customer);
    expect(lastCall()).toMatchObject({ call: 'GET /payment/customers/u-1' });
  });
});

describe('a refund of a payment', () => {
  it('is reserved: the given amount, or the whole rest without an amount', async () => {
    service.willAnswer([201, { reference: 'payment-p-1', money }]);
    const reserved = { status: 'reserved', reference: 'payment-p-1', money };
    expect(await payments().requestRefund({ paymentId, refundId: 'r1', madeBy, money }, context)).toEqual(reserved);
    expect(lastCall()).toMatchObject({
      call: 'POST /payment/payments/p-1/refunds',
      headers: keyed,
      body: { refundId: 'r1', madeBy, money },
    });
    await payments().requestRefund({ paymentId, refundId: 'r2', madeBy }, context);
    expect(lastCall()!.body).toEqual({ refundId: 'r2', madeBy });
  });

  it.each([
    [404, 'payment-not-found'],
    [409, 'payment-not-completed'],
    [409, 'currency-mismatch'],
    [409, 'exceeds-paid'],
    [409, 'nothing-left'],
  ])('is refused, and says why (%s %s)', async (status, code) => {
    service.willAnswer([status, { code }]);
    const refund = await payments().requestRefund({ paymentId, refundId: 'r1', madeBy }, context);
    expect(refund).toEqual({ status: 'refused', reason: code });
  });

  it.each([
    [409, 'refund-exists'],
    [422, 'idempotency-key-reused'],
  ])('that another run asked for before is found (%i %s), or is not there', async (status, code) => {
    const record = { state: 'reserved', money, reference: 'payment-p-1', merchant: 'm-1' } as const;
    const found = { ...record, gatewayRefundId: null, eventId: null };
    service.willAnswer([status, { code }], [200, found], [404, { code: 'not-found' }]);
    const request = { paymentId, refundId: 'r1' };
    expect(await payments().requestRefund({ ...request, madeBy }, context)).toEqual({ status: 'made-before' });
    expect(await payments().findRefund(request, context)).toEqual(found);
    expect(lastCall()).toMatchObject({ call: 'GET /payment/payments/p-1/refunds/r1' });
    expect(await payments().findRefund(request, context)).toBeUndefined();
  });

  it('is settled, with the event about it', async () => {
    service.willAnswer([201, { eventId: 'evt-p-1-2', sequence: 2 }]);
    const settlement = { state: 'failed', gatewayRefundId: null } as const;
    const settled = await payments().settleRefund({ paymentId, refundId: 'r1', ...settlement }, context);
    expect(settled).toEqual({ eventId: 'evt-p-1-2', sequence: 2 });
    expect(lastCall()).toMatchObject({
      call: 'POST /payment/payments/p-1/refunds/r1/settlement',
      headers: keyed,
      body: settlement,
    });
  });
});

describe('a merchant', () => {
  it('has an event, with its body', async () => {
    const event = { eventId: 'evt-p-1-1', type: 'payment.completed', body: '{"id":"evt-p-1-1"}' };
    service.willAnswer([200, event]);
    expect(await merchants().event('m-1', 'evt-p-1-1', context)).toEqual(event);
    expect(lastCall()).toMatchObject({ call: 'GET /payment/merchants/m-1/events/evt-p-1-1' });
  });

  it.each([
    ['has an endpoint', { url: 'https://m-1.test/hooks', secrets: ['whsec_AA=='], state: 'active' }],
    ['has none', { url: null, secrets: [], state: 'disabled' }],
  ])('%s', async (_what, endpoint) => {
    service.willAnswer([200, endpoint]);
    expect(await merchants().endpoint('m-1', context)).toEqual(endpoint);
    expect(lastCall()).toMatchObject({ call: 'GET /payment/merchants/m-1/endpoint' });
  });

  it('has its endpoint marked as failing', async () => {
    service.willAnswer([201, { state: 'failing' }]);
    const mark = { state: 'failing', eventId: 'evt-p-1-1', reason: 'http-500' } as const;
    expect(await merchants().markEndpoint({ merchant: 'm-1', ...mark }, context)).toBeUndefined();
    expect(lastCall()).toMatchObject({
      call: 'POST /payment/merchants/m-1/endpoint/state',
      headers: keyed,
      body: mark,
    });
  });
});
