import { expect, it } from 'vitest';
import { describeOnEachDatabase, effectsOn, fresh } from './harness.fixture.ts';

const money = { amount: 2_500, currency: 'NGN' };

describeOnEachDatabase('A refund of a payment', (at) => {
  const completed = async (merchant = fresh('m')) => {
    const paymentId = fresh('pay');
    await at().post(`/payment/payments/${paymentId}/opening`, { user: fresh('u'), merchant, money });
    const reference = `payment-${paymentId}`;
    await at().post(`/payment/payments/${paymentId}/completion`, { reference, money });
    return { paymentId, merchant };
  };
  const ask = (paymentId: string, refundId: string, amount?: number, currency = 'NGN') =>
    at().post(`/payment/payments/${paymentId}/refunds`, {
      refundId,
      ...(amount !== undefined && { money: { amount, currency } }),
    });
  const settle = (paymentId: string, refundId: string, state: string) =>
    at().post(`/payment/payments/${paymentId}/refunds/${refundId}/settlement`, { state, gatewayRefundId: '7' });
  const balance = async (account: string) =>
    (await at().sandbox.evidence()).ledger
      .filter((line) => line.account === account)
      .reduce((sum, { amount }) => sum + amount, 0);

  it("reserves the merchant's money first, and posts it to the gateway when it is processed", async () => {
    const { paymentId, merchant } = await completed();
    const pendingBefore = await balance('refunds:pending');
    expect(await ask(paymentId, 'r1', 1_000)).toMatchObject({
      status: 201,
      body: { reference: `payment-${paymentId}`, money: { amount: 1_000, currency: 'NGN' } },
    });
    expect(await balance('refunds:pending')).toBe(pendingBefore + 1_000);
    expect((await settle(paymentId, 'r1', 'processed')).body).toEqual({ eventId: `evt-${paymentId}-2`, sequence: 2 });
    expect(await balance('refunds:pending')).toBe(pendingBefore);
    expect(await balance(`merchant:${merchant}`)).toBe(1_500);
    const event = (await at().get(`/payment/merchants/${merchant}/events/evt-${paymentId}-2`)).body;
    expect([event.type, JSON.parse(String(event.body))]).toMatchObject([
      'refund.processed',
      {
        data: {
          ...{ paymentId, refundId: 'r1', money: { amount: 1_000, currency: 'NGN' } },
          refunded: { amount: 1_000, currency: 'NGN' },
        },
      },
    ]);
    expect((await at().get(`/payment/payments/${paymentId}`)).body.refunded).toEqual({
      amount: 1_000,
      currency: 'NGN',
    });
    expect((await ask(paymentId, 'r2')).body.money).toEqual({ amount: 1_500, currency: 'NGN' });
    expect(await ask(paymentId, 'r3')).toMatchObject({ status: 409, body: { code: 'nothing-left' } });
  });

  it('that failed returns the money to the merchant, so that it can be refunded again', async () => {
    const { paymentId, merchant } = await completed();
    await ask(paymentId, 'r1');
    expect((await settle(paymentId, 'r1', 'failed')).body).toMatchObject({ sequence: 2 });
    expect(await balance(`merchant:${merchant}`)).toBe(2_500);
    expect((await ask(paymentId, 'r2')).body.money).toEqual(money);
  });

  it('is settled once: a repeat gives the same event, another result is refused', async () => {
    const { paymentId } = await completed();
    await ask(paymentId, 'r1');
    const first = await settle(paymentId, 'r1', 'processed');
    expect((await settle(paymentId, 'r1', 'processed')).body).toEqual(first.body);
    expect(await settle(paymentId, 'r1', 'failed')).toMatchObject({ status: 409, body: { code: 'refund-settled' } });
    expect(await settle(paymentId, 'r2', 'failed')).toMatchObject({ status: 404, body: { code: 'refund-not-found' } });
    expect(await effectsOn(at(), 'r1')).toContain('refund-settled');
  });

  it('is refused with the reason if it is not possible', async () => {
    const { paymentId } = await completed();
    const refusal = async (refund: ReturnType<typeof ask>) => [(await refund).status, (await refund).body.code];
    expect(await refusal(ask(fresh('pay'), 'r1'))).toEqual([404, 'payment-not-found']);
    expect(await refusal(ask(paymentId, 'r1', 2_501))).toEqual([409, 'exceeds-paid']);
    expect(await refusal(ask(paymentId, 'r1', 1, 'GHS'))).toEqual([409, 'currency-mismatch']);
    await ask(paymentId, 'r1', 1);
    expect(await refusal(ask(paymentId, 'r1', 1))).toEqual([409, 'refund-exists']);
    const open = fresh('pay');
    await at().post(`/payment/payments/${open}/opening`, { user: fresh('u'), merchant: fresh('m'), money });
    expect(await refusal(ask(open, 'r1'))).toEqual([409, 'payment-not-completed']);
  });

  it('never exceeds the paid amount, also with concurrent requests', async () => {
    const { paymentId } = await completed();
    const answers = await Promise.all(Array.from({ length: 8 }, (_, n) => ask(paymentId, `r${n}`, 1_000)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(2);
    expect(answers.filter(({ body }) => body.code === 'exceeds-paid')).toHaveLength(6);
    const { payments } = await at().sandbox.evidence();
    expect(payments.find((payment) => payment.paymentId === paymentId)?.refunds).toHaveLength(2);
  });

  it('is limited by its own payment, whatever the balance of the merchant', async () => {
    const { paymentId, merchant } = await completed();
    await completed(merchant);
    await ask(paymentId, 'r1', 1_500);
    expect(await ask(paymentId, 'r2', 1_001)).toMatchObject({ status: 409, body: { code: 'exceeds-paid' } });
    await settle(paymentId, 'r1', 'processed');
    expect(await ask(paymentId, 'r3', 1_001)).toMatchObject({ status: 409, body: { code: 'exceeds-paid' } });
    expect((await ask(paymentId, 'r4')).body.money).toEqual({ amount: 1_000, currency: 'NGN' });
    expect(await balance(`merchant:${merchant}`)).toBe(2_500);
  });

  it('of the whole rest succeeds for one of many concurrent requests', async () => {
    const { paymentId } = await completed();
    const answers = await Promise.all(Array.from({ length: 6 }, (_, n) => ask(paymentId, `r${n}`)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409, 409, 409, 409, 409]);
  });
});
