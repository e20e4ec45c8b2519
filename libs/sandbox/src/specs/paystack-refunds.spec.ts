import { expect, it } from 'vitest';
import { describeOnEachDatabase, effectsOn, fresh } from './harness.fixture.ts';
import { paystackAt } from './paystack.fixture.ts';

describeOnEachDatabase("Paystack's refunds", (at) => {
  const paystack = paystackAt(at);
  const charged = async (user = fresh('u')) => {
    const reference = fresh('ref');
    await paystack.charge(reference, user);
    return reference;
  };
  const refund = (transaction: string, more: object = {}) => paystack.post('/refund', { transaction, ...more });
  const stateOf = async (id: unknown) => (await paystack.get(`/refund/${String(id)}`)).data.status;

  it('go from pending to processing to processed with time, and then the charge is reversed', async () => {
    const reference = await charged();
    const asked = await refund(reference, { merchant_note: 'refund-p-1', customer_note: 'sorry' });
    expect(asked.data).toMatchObject({
      ...{ id: expect.any(Number), transaction: { reference }, amount: 5_000, currency: 'NGN', status: 'pending' },
      ...{ merchant_note: 'refund-p-1', deducted_amount: 0, fully_deducted: false },
    });
    const states = [await stateOf(asked.data.id)];
    for (const seconds of [0.3, 0.6]) {
      at().pass(seconds);
      states.push(await stateOf(asked.data.id));
    }
    expect(states).toEqual(['pending', 'processing', 'processed']);
    expect((await paystack.get(`/transaction/verify/${reference}`)).data.status).toBe('reversed');
    expect(await refund(reference)).toMatchObject({ status: 400, body: { code: 'transaction_not_refundable' } });
    expect(await effectsOn(at(), reference)).toEqual(['card-charged', 'card-refunded', 'refund-moved', 'refund-moved']);
  });

  it('change their state without being read, and each change happens once', async () => {
    const reference = await charged();
    await refund(reference, { amount: 100 });
    at().pass(10);
    await Promise.all(Array.from({ length: 4 }, () => at().sandbox.moveRefunds()));
    const { journal, gatewayTransactions } = await at().sandbox.evidence();
    const moves = journal.flatMap((entry) =>
      entry.effect === 'refund-moved' && entry.reference === reference ? [[entry.state, entry.key]] : [],
    );
    expect(moves).toEqual([
      ['processing', null],
      ['processed', null],
    ]);
    expect(gatewayTransactions.find((charge) => charge.reference === reference)).toMatchObject({
      status: 'success',
      refunds: [{ id: expect.any(String), money: { amount: 100, currency: 'NGN' }, status: 'processed', note: null }],
    });
  });

  it.each([
    ['u-refund-fails-1', 'failed'],
    ['u-refund-attention-1', 'needs-attention'],
  ])('end as the name of the user says: %s', async (user, end) => {
    const reference = await charged(user);
    const { data } = await refund(reference);
    at().pass(6);
    expect(await stateOf(data.id)).toBe(end);
    expect((await paystack.get(`/transaction/verify/${reference}`)).data.status).toBe('success');
    expect((await refund(reference)).status).toBe(end === 'failed' ? 200 : 400);
  });

  it('have no idempotency key: a repeated request is a second refund, as long as the amount is available', async () => {
    const reference = await charged();
    const request = () => paystack.post('/refund', { transaction: reference, amount: 2_000 }, 'p/refund');
    const [first, second, third] = [await request(), await request(), await request()];
    expect([first, second, third].map(({ status }) => status)).toEqual([200, 200, 400]);
    expect(first.data.id).not.toBe(second.data.id);
    expect(third.body).toMatchObject({ code: 'invalid_params' });
    expect(await effectsOn(at(), 'p/refund')).toEqual(['card-refunded', 'card-refunded']);
  });

  it('never exceed the charge, also with concurrent requests', async () => {
    const reference = await charged();
    const answers = await Promise.all(Array.from({ length: 8 }, () => refund(reference, { amount: 2_000 })));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(2);
  });

  it('are refused for an unpaid charge and in another currency', async () => {
    const declined = await charged('u-declined-2');
    expect(await refund(declined)).toMatchObject({ status: 400, body: { code: 'transaction_not_refundable' } });
    expect(await refund('nobody-knows')).toMatchObject({ status: 404, body: { code: 'transaction_not_found' } });
    const wrong = await refund(await charged(), { amount: 1, currency: 'GHS' });
    expect(wrong).toMatchObject({ status: 400, body: { code: 'invalid_params' } });
    expect((await paystack.get('/refund/none')).status).toBe(404);
  });

  it('are listed newest first, page by page', async () => {
    const reference = await charged();
    const ids: unknown[] = [];
    for (let n = 1; n <= 3; n++) ids.push((await refund(reference, { amount: n })).data.id);
    const page = async (query: string) =>
      (await paystack.get(`/refund?${query}`)).body.data as { id: number; amount: number }[];
    expect((await page('perPage=2&page=1')).map(({ id }) => id)).toEqual([ids[2], ids[1]]);
    expect((await page('perPage=2&page=2'))[0]).toMatchObject({ id: ids[0], amount: 1 });
    expect(await page(`from=${new Date(Date.now() + 9 * 86_400_000).toISOString()}`)).toEqual([]);
    expect((await paystack.get('/refund?perPage=101')).status).toBe(400);
  });
});
