import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { context, localService, type Answer } from './local-service.fixture.ts';
import { paystackGateway, paystackHttp } from './paystack.ts';

const paystack = localService();
const secretKey = 'sk_test_canary';
const gateway = (baseUrl = paystack.url, timeoutMs = 2_000) =>
  paystackGateway(paystackHttp({ baseUrl, timeoutMs, secretKey }));

const reference = 'payment-p=1';
const note = 'refund-p_1-r1';
const money = { amount: 700, currency: 'NGN' };
const worked = (data: unknown): Answer => [200, { status: true, message: 'Refunds retrieved', data }];
const refund = (fields: object = {}) => ({
  id: 9,
  transaction: { id: 1, reference },
  ...money,
  status: 'pending',
  merchant_note: note,
  deducted_amount: null,
  fully_deducted: null,
  ...fields,
});
const page = (length: number, ...ours: object[]): Answer =>
  worked([...ours, ...Array.from({ length: length - ours.length }, () => refund({ id: 1, merchant_note: 'another' }))]);

const send = () => gateway().refund({ reference, money, note }, context);
const since = '2026-11-20T10:00:00.000Z';
const find = () => gateway().findRefund({ reference, note, since }, context);
/** Two days before, to allow for different clocks. */
const fromSince = '&from=2026-11-18T10%3A00%3A00.000Z';

describe('a refund', () => {
  it('is sent with the note by which it is found', async () => {
    paystack.willAnswer(worked(refund()));
    expect(await send()).toEqual({ status: 'accepted', refundId: '9', state: 'pending' });
    expect(paystack.seen).toMatchObject([
      { call: 'POST /refund', body: { transaction: reference, ...money, merchant_note: note } },
    ]);
  });

  it.each([
    [400, 'invalid_params'],
    [400, 'transaction_not_refundable'],
    [404, 'transaction_not_found'],
  ])('that Paystack does not grant (%s %s) is refused', async (status, code) => {
    paystack.willAnswer([status, { status: false, message: 'No', code }]);
    expect(await send()).toEqual({ status: 'refused', reason: code });
  });

  it.each([
    [401, 'refusal'],
    [429, 'retry'],
    [500, 'retry'],
  ])('that meets %s may have been made, or not: an error, %s', async (status, verdict) => {
    paystack.willAnswer([status, { status: false, message: 'No' }]);
    await expect(send()).rejects.toMatchObject({ status, verdict });
  });

  it.each(['pending', 'processing', 'processed', 'failed', 'needs-attention'])('is read while %s', async (state) => {
    paystack.willAnswer(worked(refund({ status: state, transaction: 1, amount: '700' })));
    expect(await gateway().readRefund('9', context)).toEqual({ refundId: '9', state, money });
    expect(paystack.seen[0]!.call).toBe('GET /refund/9');
  });
});

describe('a refund whose answer was lost', () => {
  it('is found on a later page, by charge and note', async () => {
    const ofAnotherCharge = refund({ id: 8, transaction: { reference: 'payment-p=2' } });
    paystack.willAnswer(page(100, ofAnotherCharge), page(100, refund()), worked(refund({ status: 'processing' })));
    expect(await find()).toEqual({ refundId: '9', state: 'processing', money });
    expect(paystack.seen.map(({ call }) => call)).toEqual([
      `GET /refund?perPage=100&page=1${fromSince}`,
      `GET /refund?perPage=100&page=2${fromSince}`,
      'GET /refund/9',
    ]);
  });

  it.each([
    ['only the number of its charge', { transaction: 1_641 }],
    ['the number of its charge, and its reference', { transaction: 1_641, transaction_reference: reference }],
    ['an id in letters', { id: '9' }],
  ])('is found with %s, beside one in a currency of which nothing is known', async (_what, fields) => {
    const odd = refund({ id: 7, merchant_note: null, currency: 'XOF', amount: null });
    paystack.willAnswer(page(2, odd, refund(fields)), worked(refund()));
    expect(await find()).toMatchObject({ refundId: '9' });
  });

  it('was not made if it is not on the last page', async () => {
    paystack.willAnswer(page(100), page(99));
    expect(await find()).toBeUndefined();
    expect(paystack.seen).toHaveLength(2);
  });

  describe('at an account with thousands of refunds', () => {
    const refundAt = (createdAt: string, id: number) => refund({ id, createdAt, merchant_note: 'another' });
    const pageFrom = (createdAt: string, to = createdAt) =>
      worked(Array.from({ length: 100 }, (_, id) => refundAt(id < 50 ? createdAt : to, id + 1)));
    const newer = pageFrom('2026-11-21T00:00:00.000Z');
    const older = pageFrom('2026-11-18T10:05:00.000Z', '2026-11-18T09:59:59.999Z');

    it('is searched back to the time at which it may have been sent', async () => {
      paystack.willAnswer(newer, older);
      expect(await find()).toBeUndefined();
      expect(paystack.seen).toHaveLength(2);
    });

    it('is searched back to the payment of its charge by default', async () => {
      const charge = { status: 'success', reference, amount: 700, currency: 'NGN', paid_at: since };
      paystack.willAnswer(worked(charge), newer, older);
      expect(await gateway().findRefund({ reference, note }, context)).toBeUndefined();
      expect(paystack.seen.map(({ call }) => call)).toEqual([
        'GET /transaction/verify/payment-p%3D1',
        `GET /refund?perPage=100&page=1${fromSince}`,
        `GET /refund?perPage=100&page=2${fromSince}`,
      ]);
    });

    it('is searched on all pages if they are not sorted from new to old', async () => {
      const oldestFirst = pageFrom('2026-11-01T00:00:00.000Z', '2026-11-02T00:00:00.000Z');
      paystack.willAnswer(oldestFirst, page(1, refund()), worked(refund()));
      expect(await find()).toMatchObject({ refundId: '9' });
    });
  });

  it('gives an error if there are more pages than are searched', async () => {
    paystack.willAnswer(page(100));
    await expect(find()).rejects.toMatchObject({ verdict: 'fault', code: 'refund-search-too-long' });
    expect(paystack.seen).toHaveLength(10);
  });
});

describe('whether a charge is already refunded', () => {
  const findAny = () => gateway().findRefund({ reference, since }, context);

  it('is shown by any refund of it that has not failed, whatever its note', async () => {
    const failed = refund({ id: 8, status: 'failed' });
    paystack.willAnswer(page(3, failed, refund({ merchant_note: null })), worked(failed), worked(refund()));
    expect(await findAny()).toEqual({ refundId: '9', state: 'pending', money });
    expect(paystack.seen.map(({ call }) => call).slice(1)).toEqual(['GET /refund/8', 'GET /refund/9']);
  });

  it('is shown by the separate reference field of Paystack lists', async () => {
    const listed = refund({ transaction: 1_641, transaction_reference: reference, merchant_note: null });
    paystack.willAnswer(worked([listed]), worked(refund()));
    expect(await findAny()).toMatchObject({ refundId: '9' });
  });

  it.each([
    ['holds it', { transaction: { reference: 'payment-p=2' } }],
    ['names its reference', { transaction: 1_642, transaction_reference: 'payment-p=2' }],
  ])('is not told by a refund of another charge that %s', async (_how, fields) => {
    paystack.willAnswer(worked([refund(fields)]));
    expect(await findAny()).toBeUndefined();
  });
});

describe("Paystack's secret", () => {
  const problem: Answer = [401, { status: false, message: 'Invalid key', code: 'invalid_Key' }];

  it.each([
    ['answered with a refusal', [problem], undefined],
    ['answered wrongly', [worked({})], undefined],
    ['without a way to Paystack', [], 'http://127.0.0.1:1'],
    ['given up', [], undefined],
  ])('is not in the error of a call that is %s', async (_how, answers, baseUrl) => {
    paystack.willAnswer(...answers);
    const error: unknown = await gateway(baseUrl, 150)
      .find(reference, context)
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Error);
    expect((error as Error).cause === undefined || (error as Error).cause instanceof Error).toBe(true);
    expect(inspect(error, { depth: Infinity, showHidden: true })).not.toContain('canary');
  });
});
