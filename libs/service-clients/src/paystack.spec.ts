import { describe, expect, it } from 'vitest';
import type { ChargeState } from './card-gateway.ts';
import { context, localService, type Answer } from './local-service.fixture.ts';
import { paystackGateway, paystackHttp } from './paystack.ts';

const paystack = localService();
const gateway = () =>
  paystackGateway(paystackHttp({ baseUrl: paystack.url, timeoutMs: 2_000, secretKey: 'sk_test_1' }));

const reference = 'payment-p=1';
const money = { amount: 5_000, currency: 'NGN' };
const worked = (data: unknown): Answer => [200, { status: true, message: 'Verification successful', data }];
const refusedWith = (status: number, code: string): Answer => [
  status,
  { status: false, message: 'No.', type: 'validation_error', code, meta: { nextStep: 'Look' } },
];
const transaction = (fields: object = {}) => ({
  id: 1,
  domain: 'test',
  status: 'success',
  reference,
  ...money,
  ...fields,
});

const charge = () => gateway().charge({ reference, email: 'u-1@mail.test', authorization: 'AUTH_u-1', money }, context);
const openCheckout = (more = {}) =>
  gateway().openCheckout({ reference, email: 'u-1@mail.test', money, ...more }, context);

describe('a charge', () => {
  it('is requested in the format of Paystack, with the secret in its header', async () => {
    paystack.willAnswer(worked(transaction()));
    expect(await charge()).toEqual({ status: 'success', money, reference });
    expect(paystack.seen).toMatchObject([
      {
        call: 'POST /transaction/charge_authorization',
        headers: { authorization: 'Bearer sk_test_1', 'x-correlation-id': 'c-1' },
        body: { email: 'u-1@mail.test', ...money, reference, authorization_code: 'AUTH_u-1' },
      },
    ]);
  });

  it.each<[status: string, fields: object, state: ChargeState]>([
    ['success', {}, { status: 'success', money, reference }],
    ['reversed', {}, { status: 'reversed', money, reference }],
    ['failed', { gateway_response: 'Insufficient Funds' }, { status: 'failed', reason: 'Insufficient Funds' }],
    ['failed', { gateway_response: null }, { status: 'failed', reason: 'failed' }],
    ['failed', { gateway_response: undefined }, { status: 'failed', reason: 'failed' }],
    ['failed', { gateway_response: '' }, { status: 'failed', reason: 'failed' }],
    ['failed', { gateway_response: ' \n' }, { status: 'failed', reason: 'failed' }],
    ['failed', { gateway_response: 'No\u0000t\ud800now' }, { status: 'failed', reason: 'No t\ufffdnow' }],
    ['failed', { gateway_response: '₦'.repeat(3_000) }, { status: 'failed', reason: `${'₦'.repeat(400)}…` }],
    ['abandoned', {}, { status: 'unpaid' }],
    ['ongoing', {}, { status: 'pending' }],
    ['pending', { amount: null }, { status: 'pending' }],
    ['processing', {}, { status: 'pending' }],
    ['queued', {}, { status: 'pending' }],
    ['reversal-pending', {}, { status: 'pending' }],
    ['reversal_pending', {}, { status: 'pending' }],
  ])('that is "%s" at Paystack is told as what it means', async (status, fields, state) => {
    paystack.willAnswer(worked(transaction({ status, ...fields })));
    expect(await gateway().find(reference, context)).toEqual(state);
    expect(paystack.seen[0]!.call).toBe('GET /transaction/verify/payment-p%3D1');
  });

  it.each([
    ['an amount in a string', { amount: '5000' }],
    ['metadata as a string', { metadata: '{"a":1}' }],
    ['metadata as nothing', { metadata: '' }],
    ['metadata as zero', { metadata: 0 }],
    ['no fees yet', { fees: null }],
  ])('is read with %s', async (_what, fields) => {
    paystack.willAnswer(worked(transaction(fields)));
    expect(await charge()).toEqual({ status: 'success', money, reference });
  });

  it.each([
    ['an unknown status', { status: 'splendid' }],
    ['the reference of another charge', { reference: 'payment-p=2' }],
    ['half a unit', { amount: 50.5 }],
    ['an amount that is no number', { amount: '5e3' }],
    ['a currency with unknown units', { currency: 'XOF' }],
  ])('is not taken for paid with %s', async (_what, fields) => {
    paystack.willAnswer(worked(transaction(fields)));
    await expect(charge()).rejects.toMatchObject({ code: 'wrong-answer', verdict: 'fault' });
  });

  it('does not count as paid if the envelope reports a failed call', async () => {
    paystack.willAnswer([200, { status: false, message: 'No', data: transaction() }]);
    await expect(charge()).rejects.toMatchObject({ code: 'wrong-answer' });
  });

  it('that waits for a confirmation by the user is unpaid', async () => {
    paystack.willAnswer(worked({ reference, authorization_url: 'https://c.test/1', access_code: '1', paused: true }));
    expect(await charge()).toEqual({ status: 'unpaid' });
  });

  it('with a used reference is looked up instead of repeated', async () => {
    paystack.willAnswer(refusedWith(400, 'duplicate_reference'), worked(transaction({ status: 'failed' })));
    expect(await charge()).toEqual({ status: 'failed', reason: 'failed' });
    expect(paystack.seen.map(({ call }) => call.slice(0, 4))).toEqual(['POST', 'GET ']);
  });

  it('with a used reference that cannot be found yet is pending', async () => {
    paystack.willAnswer(refusedWith(400, 'duplicate_reference'), refusedWith(404, 'transaction_not_found'));
    expect(await charge()).toEqual({ status: 'pending' });
  });

  it('that does not exist is undefined, which differs from a wrong address', async () => {
    paystack.willAnswer(refusedWith(404, 'transaction_not_found'));
    expect(await gateway().find(reference, context)).toBeUndefined();
    paystack.willAnswer([404, 'no such page']);
    await expect(gateway().find(reference, context)).rejects.toMatchObject({ code: 'http-404' });
  });

  it('that Paystack refuses as invalid is an error with its code and message', async () => {
    paystack.willAnswer(refusedWith(400, 'invalid_params'));
    await expect(charge()).rejects.toMatchObject({
      verdict: 'refusal',
      code: 'invalid_params',
      message:
        'The paystack service answered 400 to POST /transaction/charge_authorization [code: invalid_params]: No.',
    });
  });
});

describe('a checkout', () => {
  const opened = { authorization_url: 'https://checkout.test/0', access_code: '0', reference };
  const asked = { email: 'u-1@mail.test', ...money, reference };

  it('is opened without sending undefined fields', async () => {
    paystack.willAnswer(worked(opened));
    expect(await openCheckout()).toEqual({ status: 'open', authorizationUrl: opened.authorization_url, reference });
    await openCheckout({ callbackUrl: 'https://longhaul.test/back' });
    expect(paystack.seen.map(({ body }) => body)).toEqual([
      asked,
      { ...asked, callback_url: 'https://longhaul.test/back' },
    ]);
  });

  it('with a used reference is taken', async () => {
    paystack.willAnswer(refusedWith(400, 'duplicate_reference'));
    expect(await openCheckout()).toEqual({ status: 'taken' });
  });

  it('is refused by Paystack as a value, but a wrong secret is an error', async () => {
    paystack.willAnswer(refusedWith(400, 'invalid_params'));
    expect(await openCheckout()).toEqual({ status: 'refused', reason: 'invalid_params' });
    paystack.willAnswer(refusedWith(401, 'invalid_Key'));
    await expect(openCheckout()).rejects.toMatchObject({ status: 401, code: 'invalid_Key' });
  });
});

it('money in a currency with unknown units is not sent to Paystack', async () => {
  const xof = { amount: 100, currency: 'XOF' };
  const reason = 'currency-not-accepted';
  const charged = gateway().charge({ reference, email: 'a@b.test', authorization: 'AUTH_a', money: xof }, context);
  expect(await charged).toEqual({ status: 'failed', reason });
  expect(await openCheckout({ money: xof })).toEqual({ status: 'refused', reason });
  expect(await gateway().refund({ reference, money: xof, note: 'n' }, context)).toEqual({ status: 'refused', reason });
  expect(paystack.seen).toEqual([]);
});
