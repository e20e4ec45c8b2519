import { randomUUID } from 'node:crypto';
import {
  idempotencyKey,
  ProcessPayment,
  RefundPayment,
  type ProcessPaymentInput,
  type RefundPaymentInput,
  paymentIdOf,
} from '@longhaul/contracts';
import { houseFor, isParked, runModes, until } from '@longhaul/testing';
import { describe, expect, it } from 'vitest';
import { aPayment, comesAboutLate, paymentWorkers } from '../payment.fixture.ts';

const naira = (amount: number) => ({ amount, currency: 'NGN' }) as const;
const refundId = () => randomUUID().replaceAll('-', '').slice(0, 12);

describe.each(runModes)('a refund (%s)', (mode) => {
  const house = houseFor(mode, paymentWorkers);

  async function paid(overrides: Partial<ProcessPaymentInput> = {}) {
    const payment = aPayment(overrides);
    await (await house().start(ProcessPayment, payment)).result();
    return payment;
  }
  const begin = (wish: Omit<RefundPaymentInput, 'refundId' | 'reason'>) =>
    house().start(RefundPayment, { refundId: refundId(), reason: 'sent back', ...wish });
  const refund = async (wish: Parameters<typeof begin>[0]) => (await begin(wish)).result();
  const refundsOf = async (payment: ProcessPaymentInput) =>
    (await house().sandbox.evidence()).gatewayTransactions.find(({ reference }) =>
      reference.endsWith(payment.paymentId),
    )?.refunds;

  it('without an amount gives back all that was paid', async () => {
    const payment = await paid();
    const outcome = await refund({ paymentId: paymentIdOf(payment) });
    expect(outcome).toMatchObject({ status: 'refunded', refunded: payment.money, eventId: expect.any(String) });
    expect(await refundsOf(payment)).toMatchObject([{ money: payment.money, status: 'processed' }]);
  });

  it('in parts adds up to no more than was paid', async () => {
    // Its merchant has the money of another payment, too.
    const merchant = `m-${randomUUID()}`;
    await paid({ money: naira(10_000), merchant });
    const paymentId = paymentIdOf(await paid({ money: naira(10_000), merchant }));
    expect(await refund({ paymentId, money: naira(6_000) })).toMatchObject({ refunded: naira(6_000) });
    expect(await refund({ paymentId, money: naira(4_001) })).toMatchObject({
      status: 'refused',
      reason: 'exceeds-paid',
    });
    expect(await refund({ paymentId })).toMatchObject({ refunded: naira(4_000) });
    expect(await refund({ paymentId })).toMatchObject({ status: 'refused', reason: 'nothing-left' });
  });

  it('asked for many times at once adds up to no more than was paid', async () => {
    const paymentId = paymentIdOf(await paid({ money: naira(10_000) }));
    // Not by their results: each wait for one unlocks the clock, and several at once let it run past what is under way.
    const runs = await Promise.all(Array.from({ length: 5 }, () => begin({ paymentId, money: naira(3_000) })));
    const outcomes = await Promise.all(runs.map((run) => run.result()));
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual([
      ...['refunded', 'refunded', 'refunded'],
      ...['refused', 'refused'],
    ]);
  });

  it.each([
    ['of what never was', { paymentId: 'u-ada.never' }, 'payment-not-found'],
    ['in another currency', { money: { amount: 100, currency: 'GHS' } as const }, 'currency-mismatch'],
  ] as const)('%s is refused', async (_name, wish, reason) => {
    const paymentId = paymentIdOf(await paid());
    expect(await refund({ paymentId, ...wish })).toEqual({ status: 'refused', reason, eventId: null });
  });

  it('of a payment that was declined is refused', async () => {
    const paymentId = paymentIdOf(await paid({ user: 'u-declined' }));
    expect(await refund({ paymentId })).toMatchObject({ status: 'refused', reason: 'payment-not-completed' });
  });

  it('whose answer was lost is found at the gateway, and not sent again', async () => {
    const payment = await paid();
    house().sandbox.faults.set({ seed: 1, rules: [{ key: '/sendRefund$', kind: 'lost-answer' }] });
    expect(await refund({ paymentId: paymentIdOf(payment), money: naira(1_000) })).toMatchObject({
      status: 'refunded',
    });
    expect(await refundsOf(payment)).toHaveLength(1);
  });

  it('that comes about after we gave up waiting for it is still only one', async () => {
    const payment = await paid();
    const rules = [{ key: '/sendRefund$', kind: 'delay', delayMs: 1_500, attempts: { to: 1 } }] as const;
    house().sandbox.faults.set({ seed: 1, rules: [...rules] });
    expect(await refund({ paymentId: paymentIdOf(payment), money: naira(1_000) })).toMatchObject({
      status: 'refunded',
    });
    expect(await refundsOf(payment)).toHaveLength(1);
  });

  describe('that is refused when it is sent again, as its first attempt came to nothing that we know of,', () => {
    const unclear = { key: '/sendRefund$', kind: 'error-before-commit', attempts: { to: 1 } } as const;
    const refused = { key: '/sendRefund$', kind: 'refusal', status: 400 } as const;

    it('is found when the first one was made late', async () => {
      const payment = await paid();
      const { money } = payment;
      const paymentId = paymentIdOf(payment);
      const wish = { paymentId, refundId: refundId(), reason: 'sent back' };
      const key = idempotencyKey(RefundPayment.id.of(wish), 'sendRefund');
      house().sandbox.faults.set({ seed: 1, rules: [unclear] });
      // On its way all the time, and there just before the second.
      house().atCall('before', key, () =>
        house().atCall('before', key, () =>
          comesAboutLate(house(), {
            path: '/refund',
            key,
            body: { transaction: `payment-${paymentId}`, merchant_note: key },
          }),
        ),
      );
      const run = await house().start(RefundPayment, wish);
      expect(await run.result()).toMatchObject({ status: 'refunded', refunded: money });
      expect(await refundsOf(payment)).toMatchObject([{ money, status: 'processed' }]);
    });

    it('is not booked as failed when it is nowhere to be found: a person is asked', async () => {
      const payment = await paid();
      house().sandbox.faults.set({ seed: 1, rules: [unclear, refused] });
      const run = await begin({ paymentId: paymentIdOf(payment) });
      const { attention } = await until(run, isParked);
      expect(attention).toMatchObject({ step: 'sendRefund', code: 'refund-in-doubt' });
      house().sandbox.faults.clear();
      await run.executeUpdate('resolve', { args: [{ action: 'retry', by: 'Grace' }] as never });
      expect(await run.result()).toMatchObject({ status: 'refunded' });
      expect(await refundsOf(payment)).toHaveLength(1);
    });
  });

  it('that fails at the gateway frees what was reserved for it', async () => {
    const payment = await paid({ user: 'u-refund-fails' });
    const wish = { paymentId: paymentIdOf(payment) };
    expect(await refund(wish)).toMatchObject({ status: 'refused', reason: 'refused-by-gateway' });
    expect(await refund(wish)).toMatchObject({ reason: 'refused-by-gateway' });
  });

  it('that the gateway holds for a person waits for one here too', async () => {
    const paymentId = paymentIdOf(await paid({ user: 'u-refund-attention' }));
    const run = await house().start(RefundPayment, { paymentId, refundId: 'r1', reason: 'sent back' });
    const { attention } = await until(run, isParked);
    expect(attention).toMatchObject({ step: 'readRefund', code: 'refund-needs-attention' });
    await run.executeUpdate('resolve', { args: [{ action: 'settled', by: 'Grace', note: 'bank transfer' }] as never });
    expect(await run.result()).toEqual({ status: 'settled-by-hand', by: 'Grace', note: 'bank transfer' });
  });
});
