import {
  idempotencyKey,
  paymentIdOf,
  ProcessPayment,
  SettleLateCharge,
  type ProcessPaymentInput,
} from '@longhaul/contracts';
import { houseFor, isParked, runModes, until } from '@longhaul/testing';
import { describe, expect, it } from 'vitest';
import { aPayment, comesAboutLate, paymentWorkers } from '../payment.fixture.ts';

describe.each(runModes)('a payment (%s)', (mode) => {
  const house = houseFor(mode, paymentWorkers);

  async function pay(overrides: Partial<ProcessPaymentInput> = {}) {
    const payment = aPayment(overrides);
    const run = await house().start(ProcessPayment, payment);
    return { payment, run, outcome: await run.result() };
  }
  const transactionOf = async (payment: ProcessPaymentInput) =>
    (await house().sandbox.evidence()).gatewayTransactions.find(
      ({ reference }) => reference === ProcessPayment.id.of(payment),
    );
  const recordOf = async (payment: ProcessPaymentInput) =>
    (await house().sandbox.evidence()).payments.find((record) => record.paymentId === paymentIdOf(payment));
  const receivedBy = async (payment: ProcessPaymentInput) => {
    const paymentId = paymentIdOf(payment);
    await house().judge();
    return (await house().sandbox.evidence()).journal.flatMap((entry) =>
      entry.effect === 'webhook-received' && entry.paymentId === paymentId ? [`${entry.sequence} ${entry.type}`] : [],
    );
  };

  it('that goes well is charged, on record, and told to the merchant', async () => {
    const { payment, outcome } = await pay();
    const reference = ProcessPayment.id.of(payment);
    const { money } = payment;
    expect(outcome).toEqual({
      status: 'completed',
      paymentId: paymentIdOf(payment),
      reference,
      money,
      eventId: expect.stringContaining('evt-'),
    });
    expect(await transactionOf(payment)).toMatchObject({ status: 'success', money, refunds: [] });
    expect(await recordOf(payment)).toMatchObject({ state: 'completed', reference });
    expect(await receivedBy(payment)).toEqual([expect.stringMatching(/^\d payment\.completed$/)]);
  });

  it('with an underscore in its id is charged under a reference that the gateway takes', async () => {
    const { payment, outcome } = await pay({ paymentId: `order_7_${Date.now()}` });
    expect(outcome).toMatchObject({
      status: 'completed',
      reference: ProcessPayment.id.of(payment).replaceAll('_', '='),
    });
  });

  it.each([
    ['u-declined', 'Declined'],
    ['u-broke', 'Insufficient Funds'],
  ])('of %s is declined (%s), and the merchant is told', async (user, reason) => {
    const { payment, outcome } = await pay({ user });
    expect(outcome).toMatchObject({ status: 'declined', reason });
    expect(await recordOf(payment)).toMatchObject({ state: 'declined' });
    expect(await receivedBy(payment)).toEqual([expect.stringMatching(/^\d payment\.declined$/)]);
  });

  it.each([
    [{ amount: 4_999, currency: 'NGN' }, 'amount-below-minimum'],
    [{ amount: 1_000_000_001, currency: 'NGN' }, 'amount-above-limit'],
    [{ amount: 7_500, currency: 'EUR' }, 'currency-not-accepted'],
  ] as const)('of %o is invalid (%s), and never gets to the gateway', async (money, reason) => {
    const { payment, outcome } = await pay({ money });
    expect(outcome).toMatchObject({ status: 'invalid', reason });
    expect(await transactionOf(payment)).toBeUndefined();
    expect(await recordOf(payment)).toMatchObject({ state: 'invalid' });
  });

  it('that was charged with another amount than asked for is not made, and what was taken goes back', async () => {
    const { payment, outcome } = await pay({ user: 'u-short' });
    const taken = { ...payment.money, amount: payment.money.amount - 1 };
    expect(outcome).toMatchObject({ status: 'failed', step: 'chargeCard', code: 'amount-mismatch', refunded: taken });
    expect(await recordOf(payment)).toMatchObject({ state: 'failed' });
    expect(await receivedBy(payment)).toEqual([expect.stringMatching(/^\d payment\.failed$/)]);
  });

  it('whose bank takes its time is completed when the bank has decided', async () => {
    const { outcome } = await pay({ user: 'u-pending' });
    expect(outcome).toMatchObject({ status: 'completed' });
  });

  it('whose charge was made and its answer lost is looked up, and charged once', async () => {
    house().sandbox.faults.set({ seed: 1, rules: [{ key: '/chargeCard$', kind: 'lost-answer', attempts: { to: 1 } }] });
    const { payment, run, outcome } = await pay();
    expect(outcome).toMatchObject({ status: 'completed' });
    const { calls, journal } = await house().sandbox.evidence();
    expect(calls.filter(({ key }) => key === idempotencyKey(run.workflowId, 'chargeCard'))).toHaveLength(1);
    const charges = journal.filter(
      (entry) => entry.effect === 'card-charged' && entry.reference.endsWith(payment.paymentId),
    );
    expect(charges).toHaveLength(1);
  });

  it('that cannot be completed goes back to the payer, and the merchant is told that it failed', async () => {
    house().sandbox.faults.set({ seed: 1, rules: [{ key: '/completePayment$', kind: 'refusal' }] });
    const { payment, outcome } = await pay();
    expect(outcome).toMatchObject({ status: 'failed', step: 'completePayment', refunded: payment.money });
    expect(await transactionOf(payment)).toMatchObject({ status: 'reversed', refunds: [{ status: 'processed' }] });
    expect(await recordOf(payment)).toMatchObject({ state: 'failed' });
    expect(await receivedBy(payment)).toEqual([expect.stringMatching(/^\d payment\.failed$/)]);
  });

  it('that was completed by a call whose answers were all lost is reversed, and only its failure is told', async () => {
    const key = '/completePayment$';
    const lost = { key, kind: 'lost-answer', attempts: { to: 1 } } as const;
    house().sandbox.faults.set({ seed: 1, rules: [lost, { key, kind: 'refusal' }] });
    const { payment, outcome } = await pay();
    expect(outcome).toMatchObject({ status: 'failed', step: 'completePayment', refunded: payment.money });
    expect(await recordOf(payment)).toMatchObject({ state: 'failed' });
    expect(await receivedBy(payment)).toEqual([expect.stringMatching(/^\d payment\.failed$/)]);
  });

  it('that is charged after our last look, before it is closed, is given back all the same', async () => {
    house().sandbox.faults.set({ seed: 1, rules: [{ key: '/chargeCard$', kind: 'refusal' }] });
    const payment = aPayment();
    const { money, user } = payment;
    const reference = ProcessPayment.id.of(payment);
    house().atCall('before', idempotencyKey(reference, 'closePayment'), async () => {
      house().sandbox.faults.clear();
      const card = { authorization_code: `AUTH_${user}`, email: `${user}@passengers.longhaul.test` };
      const [path, key] = ['/transaction/charge_authorization', idempotencyKey(reference, 'chargeCard')];
      await comesAboutLate(house(), { path, key, body: { reference, ...money, ...card } });
    });
    const run = await house().start(ProcessPayment, payment);
    expect(await run.result()).toMatchObject({ status: 'failed', step: 'chargeCard', refunded: null });
    const late = house().client.workflow.getHandle(SettleLateCharge.id.of({ reference }));
    expect(await late.result()).toEqual({ status: 'refunded', refunded: money });
  });

  it('whose money cannot be given back waits for a person, and goes on at their word', async () => {
    house().sandbox.faults.set({ seed: 1, rules: [{ key: '/completePayment$', kind: 'refusal' }] });
    const payment = aPayment({ user: 'u-refund-fails' });
    const run = await house().start(ProcessPayment, payment);
    const { attention } = await until(run, isParked);
    expect(attention).toMatchObject({ code: 'refund-failed', owner: 'payment-operations' });
    await run.executeUpdate('resolve', {
      args: [{ action: 'settled', by: 'Grace', note: 'paid out in cash' }] as never,
    });
    expect(await run.result()).toMatchObject({ status: 'failed', refunded: null });
  });
});
