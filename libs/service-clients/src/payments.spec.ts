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
const keyed = { 'idempotency-key': context.key };
const lastCall = () => service.seen.at(-1);

describe('a payment', () => {
  it('is opened; after it was closed it is not', async () => {
    service.willAnswer([201, { state: 'processing' }], [409, { code: 'already-undone' }]);
    expect(await payments().open({ paymentId, ...parties }, context)).toEqual({ status: 'processing' });
    expect(lastCall()).toMatchObject({ call: 'POST /payment/payments/p-1/opening', headers: keyed, body: parties });
    expect(await payments().open({ paymentId, ...parties }, context)).toEqual({ status: 'closed' });
  });

  it('is completed, with the event that says so', async () => {
    service.willAnswer([201, { eventId: 'evt-p-1-1', sequence: 1 }]);
    const completed = await payments().complete({ paymentId, reference: 'payment-p-1', money }, context);
    expect(completed).toEqual({ eventId: 'evt-p-1-1', sequence: 1 });
    expect(lastCall()).toMatchObject({
      call: 'POST /payment/payments/p-1/completion',
      headers: keyed,
      body: { reference: 'payment-p-1', money },
    });
  });

  it('is closed, with the event that says so', async () => {
    service.willAnswer([201, { eventId: 'evt-p-1-1', sequence: 1 }]);
    const closing = { state: 'declined', reason: 'Insufficient Funds', ...parties } as const;
    expect(await payments().close({ paymentId, ...closing }, context)).toMatchObject({ sequence: 1 });
    expect(lastCall()).toMatchObject({ call: 'POST /payment/payments/p-1/closing', headers: keyed, body: closing });
  });

  it('is found, or is not there', async () => {
    const nothing = { amount: 0, currency: 'NGN' };
    const record = { paymentId, ...parties, state: 'processing', reference: null, refunded: nothing };
    service.willAnswer([200, record], [404, { code: 'not-found' }]);
    expect(await payments().find(paymentId, context)).toEqual(record);
    expect(lastCall()).toMatchObject({ call: 'GET /payment/payments/p-1' });
    expect(await payments().find(paymentId, context)).toBeUndefined();
  });

  it('is charged to the card that the customer has saved', async () => {
    const customer = { email: 'u-1@passengers.test', authorization: 'AUTH_u-1' };
    service.willAnswer([200, customer]);
    expect(await payments().customer('u-1', context)).toEqual(customer);
    expect(lastCall()).toMatchObject({ call: 'GET /payment/customers/u-1' });
  });
});

describe('a refund of a payment', () => {
  it('is reserved: what was asked for, or without an amount all that is left', async () => {
    service.willAnswer([201, { reference: 'payment-p-1', money }]);
    const reserved = { status: 'reserved', reference: 'payment-p-1', money };
    expect(await payments().requestRefund({ paymentId, refundId: 'r1', money }, context)).toEqual(reserved);
    expect(lastCall()).toMatchObject({
      call: 'POST /payment/payments/p-1/refunds',
      headers: keyed,
      body: { refundId: 'r1', money },
    });
    await payments().requestRefund({ paymentId, refundId: 'r2' }, context);
    expect(lastCall()!.body).toEqual({ refundId: 'r2' });
  });

  it.each([
    [404, 'payment-not-found'],
    [409, 'payment-not-completed'],
    [409, 'currency-mismatch'],
    [409, 'exceeds-paid'],
    [409, 'nothing-left'],
  ])('is refused, and says why (%s %s)', async (status, code) => {
    service.willAnswer([status, { code }]);
    const refund = await payments().requestRefund({ paymentId, refundId: 'r1' }, context);
    expect(refund).toEqual({ status: 'refused', reason: code });
  });

  it('that was made under another key is an error', async () => {
    service.willAnswer([409, { code: 'refund-exists' }]);
    const refund = payments().requestRefund({ paymentId, refundId: 'r1' }, context);
    await expect(refund).rejects.toMatchObject({ code: 'refund-exists' });
  });

  it('is settled, with the event that says so', async () => {
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
  it('has an event, with the text that is sent', async () => {
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

  it('whose endpoint fails has it marked', async () => {
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
