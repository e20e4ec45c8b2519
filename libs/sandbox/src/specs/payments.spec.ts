import { expect, it } from 'vitest';
import { describeOnEachDatabase, effectsOn, fresh } from './harness.fixture.ts';

const money = { amount: 2_500, currency: 'NGN' };

describeOnEachDatabase('A payment', (at) => {
  const named = () => ({ paymentId: fresh('pay'), user: fresh('u'), merchant: fresh('m') });
  const to = (paymentId: string, what: string, body: object, how?: { key?: string }) =>
    at().post(`/payment/payments/${paymentId}/${what}`, body, how);
  const opened = async () => {
    const { paymentId, ...request } = named();
    const answer = await to(paymentId, 'opening', { ...request, madeBy: 'run-1', money });
    return { paymentId, ...request, answer };
  };
  const complete = (paymentId: string, more: object = {}) =>
    to(paymentId, 'completion', { reference: `payment-${paymentId}`, money, ...more });
  const close = (paymentId: string, state: string, about: object) =>
    to(paymentId, 'closing', { state, reason: 'because', ...about, money });
  const inHandOf = async (merchant: string) =>
    (await at().sandbox.evidence()).ledger
      .filter(({ account }) => account === `merchant:${merchant}`)
      .reduce((sum, { amount }) => sum + amount, 0);
  const eventOf = async (merchant: string, eventId: unknown) => {
    const { body } = await at().get(`/payment/merchants/${merchant}/events/${String(eventId)}`);
    return { ...body, body: JSON.parse(String(body.body)) as Record<string, unknown> };
  };

  it('is opened and completed, and its merchant is notified', async () => {
    const { paymentId, user, merchant, answer } = await opened();
    expect(answer).toMatchObject({ status: 201, body: { state: 'processing' } });
    const eventId = `evt-${paymentId}-1`;
    expect(await complete(paymentId)).toMatchObject({ status: 201, body: { eventId, sequence: 1 } });
    expect((await at().get(`/payment/payments/${paymentId}`)).body).toEqual({
      ...{ paymentId, user, merchant, money, state: 'completed', reference: `payment-${paymentId}` },
      ...{ madeBy: 'run-1', reason: null, chargeReturned: false, eventId },
      refunded: { amount: 0, currency: 'NGN' },
    });
    expect(await eventOf(merchant, eventId)).toEqual({
      ...{ eventId, type: 'payment.completed' },
      body: {
        ...{ id: eventId, type: 'payment.completed', sequence: 1, createdAt: expect.any(String) },
        data: { paymentId, money },
      },
    });
    const { ledger } = await at().sandbox.evidence();
    const { journalId } = ledger.find(({ account }) => account === `merchant:${merchant}`)!;
    expect(ledger.filter((line) => line.journalId === journalId)).toEqual([
      { journalId, account: 'gateway:paystack', amount: -2_500, currency: 'NGN' },
      { journalId, account: `merchant:${merchant}`, amount: 2_500, currency: 'NGN' },
    ]);
    expect(await effectsOn(at(), paymentId)).toEqual(['payment-opened', 'payment-completed']);
  });

  it('is opened once: not again, and not after it was closed', async () => {
    const { paymentId, user, merchant } = await opened();
    const again = () => to(paymentId, 'opening', { user, merchant, money });
    expect(await again()).toMatchObject({ status: 409, body: { code: 'payment-exists' } });
    await close(paymentId, 'cancelled', { user, merchant });
    expect(await again()).toMatchObject({ status: 409, body: { code: 'already-undone' } });
  });

  it('is completed only with its own amount, and only while it is processing', async () => {
    const { paymentId } = await opened();
    for (const other of [
      { ...money, amount: 2_499 },
      { ...money, currency: 'GHS' },
    ]) {
      expect(await complete(paymentId, { money: other })).toMatchObject({
        status: 409,
        body: { code: 'amount-mismatch' },
      });
    }
    await complete(paymentId);
    expect(await complete(paymentId)).toMatchObject({ status: 409, body: { code: 'payment-not-processing' } });
    expect(await complete(fresh('pay'))).toMatchObject({ status: 409, body: { code: 'payment-not-processing' } });
  });

  it.each(['declined', 'failed', 'cancelled', 'invalid'])(
    'is closed as %s, and its merchant is notified with the reason',
    async (state) => {
      const { paymentId, user, merchant } = await opened();
      const answer = await close(paymentId, state, { user, merchant });
      expect(answer).toMatchObject({ status: 201, body: { eventId: `evt-${paymentId}-1`, sequence: 1 } });
      expect(await eventOf(merchant, answer.body.eventId)).toMatchObject({
        type: `payment.${state}`,
        body: { data: { paymentId, money, reason: 'because' } },
      });
      expect(await complete(paymentId)).toMatchObject({ status: 409, body: { code: 'payment-not-processing' } });
    },
  );

  it('can be closed before it was opened, and is then not opened', async () => {
    const { paymentId, ...request } = named();
    const first = await close(paymentId, 'invalid', request);
    expect(first).toMatchObject({ status: 201, body: { sequence: 1 } });
    expect((await close(paymentId, 'invalid', request)).body).toEqual(first.body);
    expect(await close(paymentId, 'failed', request)).toMatchObject({ status: 409, body: { code: 'payment-closed' } });
    expect(await to(paymentId, 'opening', { ...request, money })).toMatchObject({ body: { code: 'already-undone' } });
    expect(await effectsOn(at(), paymentId)).toEqual(['payment-closed']);
  });

  it('that was completed by a call whose answer was lost can be closed, which reverses it', async () => {
    const { paymentId, user, merchant } = await opened();
    await complete(paymentId);
    for (const state of ['declined', 'invalid']) {
      const answer = await close(paymentId, state, { user, merchant });
      expect(answer).toMatchObject({ status: 409, body: { code: 'payment-completed' } });
    }
    expect(await close(paymentId, 'failed', { user, merchant })).toMatchObject({ status: 201, body: { sequence: 2 } });
    expect(await inHandOf(merchant)).toBe(0);
    const refund = await to(paymentId, 'refunds', { refundId: 'r1' });
    expect(refund).toMatchObject({ status: 409, body: { code: 'payment-not-completed' } });
  });

  it('with a requested refund cannot be closed', async () => {
    const { paymentId, user, merchant } = await opened();
    await complete(paymentId);
    await to(paymentId, 'refunds', { refundId: 'r1', money: { ...money, amount: 1 } });
    const answer = await close(paymentId, 'failed', { user, merchant });
    expect(answer).toMatchObject({ status: 409, body: { code: 'payment-refunding' } });
  });

  it('is either completed or closed, also with concurrent requests', async () => {
    const { paymentId, user, merchant } = await opened();
    await Promise.all([
      ...Array.from({ length: 4 }, () => complete(paymentId)),
      ...Array.from({ length: 4 }, () => close(paymentId, 'cancelled', { user, merchant })),
    ]);
    const { merchantEvents, payments } = await at().sandbox.evidence();
    const told = merchantEvents.filter((event) => event.paymentId === paymentId);
    expect([
      [[1, 'payment.cancelled']],
      [
        [1, 'payment.completed'],
        [2, 'payment.cancelled'],
      ],
    ]).toContainEqual(told.map(({ sequence, type }) => [sequence, type]));
    expect(payments.find((payment) => payment.paymentId === paymentId)?.state).toBe('cancelled');
    expect(await inHandOf(merchant)).toBe(0);
  });

  it('is not found by an unknown id', async () => {
    expect(await at().get('/payment/payments/never')).toMatchObject({ status: 404, body: { code: 'not-found' } });
  });

  it("is charged to its user's saved card", async () => {
    expect((await at().get('/payment/customers/u-ada')).body).toEqual({
      email: 'u-ada@passengers.longhaul.test',
      authorization: 'AUTH_u-ada',
    });
  });
});
