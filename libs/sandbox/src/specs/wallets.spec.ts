import { expect, it } from 'vitest';
import { describeOnEachDatabase, effectsOn, fresh } from './harness.fixture.ts';

const money = { amount: 50_000, currency: 'NGN' };

describeOnEachDatabase('A top-up', (at) => {
  const open = async () => {
    const [topUpId, userId] = [fresh('top'), fresh('u')];
    const answer = await at().post(`/payment/top-ups/${topUpId}/opening`, { userId, madeBy: 'run-1', money });
    return { topUpId, userId, reference: `top-up-${topUpId}`, answer };
  };
  type TopUp = Omit<Awaited<ReturnType<typeof open>>, 'answer'>;
  const close = ({ topUpId, userId }: Omit<TopUp, 'reference'>, state: string) =>
    at().post(`/payment/top-ups/${topUpId}/closing`, { state, userId, money });
  const credit = ({ topUpId, userId, reference }: TopUp, more: object = {}) =>
    at().post(`/payment/wallets/${userId}/credits`, { reference, topUpId, money, late: false, ...more });
  const inWallet = async (userId: string) =>
    (await at().sandbox.evidence()).ledger
      .filter(({ account }) => account === `wallet:${userId}`)
      .map(({ amount }) => amount);

  it('credits the wallet once per reference, also with concurrent requests', async () => {
    const topUp = await open();
    const answers = await Promise.all(Array.from({ length: 5 }, () => credit(topUp)));
    expect(answers.map(({ status, body }) => (status === 201 ? body.credited : body.code))).toEqual(
      expect.arrayContaining([money, ...Array.from({ length: 4 }, () => 'already-credited')]),
    );
    expect(await inWallet(topUp.userId)).toEqual([100_000_000, 50_000]);
    expect((await at().get(`/payment/top-ups/${topUp.topUpId}`)).body).toEqual({
      ...{ topUpId: topUp.topUpId, userId: topUp.userId, money, state: 'credited', openedAt: expect.any(String) },
      ...{ madeBy: 'run-1', reference: topUp.reference, chargeReturned: false },
    });
    expect(await effectsOn(at(), topUp.topUpId)).toEqual(['top-up-opened', 'wallet-credited']);
    expect(await close(topUp, 'expired')).toMatchObject({ status: 409, body: { code: 'top-up-credited' } });
  });

  it('refuses a second charge, which has to be refunded', async () => {
    const topUp = await open();
    await credit(topUp);
    const second = { ...topUp, reference: `${topUp.reference}.2` };
    expect(await credit(second)).toMatchObject({ status: 409, body: { code: 'top-up-closed' } });
    expect(await credit(second, { late: true })).toMatchObject({ status: 409, body: { code: 'top-up-closed' } });
  });

  it('that expired is credited only if the request says that it is late', async () => {
    const topUp = await open();
    await close(topUp, 'expired');
    expect(await credit(topUp)).toMatchObject({ status: 409, body: { code: 'top-up-closed' } });
    expect(await credit(topUp, { late: true })).toMatchObject({ status: 201, body: { credited: money } });
  });

  it.each(['cancelled', 'refused', 'failed', 'settled-by-hand'])('that is %s is never credited', async (state) => {
    const topUp = await open();
    expect(await close(topUp, state)).toMatchObject({ status: 201, body: { state } });
    expect(await credit(topUp, { late: true })).toMatchObject({ status: 409, body: { code: 'top-up-closed' } });
    expect((await close(topUp, state)).status).toBe(201);
    expect(await close(topUp, 'expired')).toMatchObject({ status: 409, body: { code: 'top-up-closed' } });
    expect(await effectsOn(at(), topUp.topUpId)).toEqual(['top-up-opened', 'top-up-closed']);
  });

  it('is credited only to its own user, and only with its own amount', async () => {
    const topUp = await open();
    expect(await credit({ ...topUp, userId: fresh('u') })).toMatchObject({ status: 404, body: { code: 'not-found' } });
    const more = { money: { ...money, amount: 50_001 } };
    expect(await credit(topUp, more)).toMatchObject({ status: 409, body: { code: 'amount-mismatch' } });
    expect(await inWallet(topUp.userId)).toEqual([]);
  });

  it('can be closed before it was opened, and is then not opened', async () => {
    const topUp = { topUpId: fresh('top'), userId: fresh('u') };
    await close(topUp, 'cancelled');
    const opening = await at().post(`/payment/top-ups/${topUp.topUpId}/opening`, { userId: topUp.userId, money });
    expect(opening).toMatchObject({ status: 409, body: { code: 'already-undone' } });
    expect((await at().get(`/payment/top-ups/${topUp.topUpId}`)).body.state).toBe('cancelled');
  });

  it('is opened once, and not found by an unknown id', async () => {
    const { topUpId, userId } = await open();
    const again = await at().post(`/payment/top-ups/${topUpId}/opening`, { userId, money });
    expect(again).toMatchObject({ status: 409, body: { code: 'top-up-exists' } });
    expect((await at().get('/payment/top-ups/never')).status).toBe(404);
  });
});

describeOnEachDatabase('An event of the card gateway', (at) => {
  const record = (reference: string, event = 'charge.success', id = fresh('id')) => ({
    again: () => at().post('/payment/gateway-events', { event, id, reference }, { key: `paystack/${event}/${id}` }),
  });

  it('is recorded once, and each time answered with the present state', async () => {
    const [topUpId, userId] = [fresh('top_up'), fresh('u')];
    const told = record(`top-up-${topUpId.replaceAll('_', '=')}..2`);
    expect((await told.again()).body).toEqual({ first: true, concern: { kind: 'none' }, openRefunds: [] });
    await at().post(`/payment/top-ups/${topUpId}/opening`, { userId, money });
    const concern = { kind: 'top-up', topUpId, state: 'waiting', credited: null };
    expect(await told.again()).toMatchObject({ status: 201, body: { first: false, concern, openRefunds: [] } });
    await at().post(`/payment/top-ups/${topUpId}/closing`, { state: 'expired', userId, money });
    expect((await told.again()).body.concern).toEqual({ ...concern, state: 'expired' });
    const { journal } = await at().sandbox.evidence();
    const recorded = journal.filter((entry) => entry.effect === 'gateway-event-recorded');
    expect(recorded.filter(({ reference }) => reference.includes(topUpId.replaceAll('_', '=')))).toHaveLength(1);
  });

  it('names the refunds of a payment that are not settled', async () => {
    const paymentId = fresh('pay');
    await at().post(`/payment/payments/${paymentId}/opening`, { user: fresh('u'), merchant: fresh('m'), money });
    const reference = `payment-${paymentId}`;
    await at().post(`/payment/payments/${paymentId}/completion`, { reference, money });
    for (const refundId of ['a', 'b']) {
      const part = { ...money, amount: 1 };
      await at().post(`/payment/payments/${paymentId}/refunds`, { refundId, money: part });
    }
    const settlement = { state: 'processed', gatewayRefundId: '1' };
    await at().post(`/payment/payments/${paymentId}/refunds/a/settlement`, settlement);
    expect((await record(reference, 'refund.processed').again()).body).toEqual({
      first: true,
      concern: { kind: 'payment', paymentId, state: 'completed' },
      openRefunds: [`refund-${paymentId}-b`],
    });
  });

  it.each(['nobody-knows', 'payment-', 'payment-unknown', '.1', 'top-up-=;drop', 'booking-r1'])(
    'about an unknown reference is recorded, too: %s',
    async (reference) => {
      expect((await record(reference).again()).body).toMatchObject({ first: true, concern: { kind: 'none' } });
    },
  );
});
