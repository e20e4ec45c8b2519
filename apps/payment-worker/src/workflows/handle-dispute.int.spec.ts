import {
  HandleDispute,
  paymentIdOf,
  ProcessPayment,
  RefundPayment,
  TopUpWallet,
  type ProcessPaymentInput,
} from '@longhaul/contracts';
import { houseFor, isParked, runModes, until } from '@longhaul/testing';
import type { WorkflowHandle } from '@temporalio/client';
import { beforeEach, describe, expect, it } from 'vitest';
import { resolveAtPaystack } from '../disputes.fixture.ts';
import { hearPaystack } from '../hear-paystack.fixture.ts';
import { aPayment, aTopUp, paymentWorkers } from '../payment.fixture.ts';

describe.each(runModes)('a disputed charge (%s)', (mode) => {
  const house = houseFor(mode, paymentWorkers);
  beforeEach(() => hearPaystack(house()));

  async function disputed(overrides: Partial<ProcessPaymentInput> = {}) {
    const payment = aPayment({ user: 'u-disputes', ...overrides });
    const outcome = await (await house().start(ProcessPayment, payment)).result();
    expect(outcome).toMatchObject({ status: 'completed' });
    return { paymentId: paymentIdOf(payment), ...(await disputeOf(ProcessPayment.id.of(payment))) };
  }
  async function disputeOf(reference: string) {
    await house().sandbox.webhooks.drained();
    const { journal } = await house().sandbox.evidence();
    const opened = journal.find((entry) => entry.effect === 'charge-disputed' && entry.reference === reference);
    const disputeId = opened?.effect === 'charge-disputed' ? opened.disputeId : 'none';
    return { disputeId, reference, run: house().client.workflow.getHandle(`dispute-${disputeId}`) };
  }
  const refund = async (paymentId: string) =>
    (await house().start(RefundPayment, { paymentId, refundId: 'r1', reason: 'sent back' })).result();
  const say = (run: WorkflowHandle, word: object) => run.executeUpdate('resolve', { args: [word] as never });
  const settleBy = (run: WorkflowHandle) => say(run, { action: 'settled', by: 'Grace', note: 'seen to it' });
  const decide = async (disputeId: string, resolution: 'declined' | 'merchant-accepted') => {
    await resolveAtPaystack(house().sandbox, disputeId, resolution);
    await house().sandbox.webhooks.drained();
  };

  it('is told to a person, with the time by which they have to answer', async () => {
    const { run, disputeId } = await disputed();
    const { attention } = await until(run, isParked);
    expect(attention).toMatchObject({ step: 'readDispute', code: 'dispute-open', owner: 'payment-operations' });
    expect(attention?.message).toContain(attention!.dueAt!);
    await decide(disputeId, 'declined');
    expect(await run.result()).toEqual({ status: 'won' });
  });

  it('is not refunded while the bank has not decided, and is afterwards when the claim was turned down', async () => {
    const { run, disputeId, paymentId } = await disputed();
    await until(run, isParked);
    expect(await refund(paymentId)).toEqual({ status: 'refused', reason: 'payment-disputed', eventId: null });
    await decide(disputeId, 'declined');
    await run.result();
    const again = await house().start(RefundPayment, { paymentId, refundId: 'r2', reason: 'sent back' });
    expect(await again.result()).toMatchObject({ status: 'refunded' });
  });

  it('whose bank has given the money back is never refunded by us', async () => {
    const { run, disputeId, paymentId } = await disputed();
    await until(run, isParked);
    await decide(disputeId, 'merchant-accepted');
    expect(await run.result()).toEqual({ status: 'lost' });
    expect(await refund(paymentId)).toMatchObject({ status: 'refused', reason: 'payment-disputed' });
  });

  it('that comes when a refund is reserved is not refunded either', async () => {
    const payment = aPayment();
    await (await house().start(ProcessPayment, payment)).result();
    const paymentId = paymentIdOf(payment);
    const reference = ProcessPayment.id.of(payment);
    let run: WorkflowHandle | undefined;
    house().atCall('after', `refund-${paymentId}-r1/requestRefund`, async () => {
      // Paystack knows of no such dispute, so that a person is asked.
      run = await house().start(HandleDispute, { disputeId: '991', reference }, { time: 'stands' });
      await until(run, isParked);
    });
    expect(await refund(paymentId)).toMatchObject({ status: 'refused', reason: 'payment-disputed' });
    expect(
      (await house().sandbox.evidence()).gatewayTransactions.find((one) => one.reference === reference),
    ).toMatchObject({
      refunds: [],
    });
    await settleBy(run!);
    await run!.result();
  });

  it('that we owe is not given back while the bank decides: a person is asked', async () => {
    const topUp = aTopUp({ userId: 'u-disputes' });
    const run = await house().start(TopUpWallet, topUp, { time: 'stands' });
    await run.executeUpdate('checkout', { args: [{}] as never });
    house().sandbox.faults.set({ seed: 1, rules: [{ route: 'WEBHOOK charge.success', kind: 'webhook-lost' }] });
    await house().sandbox.pay(run.workflowId);
    const dispute = await disputeOf(run.workflowId);
    await until(dispute.run, isParked);
    await run.executeUpdate('cancel', { args: [{ reason: 'changed my mind' }] as never });
    const { attention } = await until(run, isParked);
    expect(attention).toMatchObject({ step: 'sendRefund', code: 'charge-disputed' });
    await decide(dispute.disputeId, 'declined');
    await dispute.run.result();
    await say(run, { action: 'retry', by: 'Grace' });
    expect(await run.result()).toMatchObject({ status: 'cancelled', refunded: topUp.money });
  });

  it('is raised again when Paystack reminds of it', async () => {
    const { run } = await disputed();
    await until(run, isParked);
    const raised = async () => {
      const { events = [] } = await run.fetchHistory();
      const asked = events?.filter((event) => event.upsertWorkflowSearchAttributesEventAttributes) ?? [];
      // Each time it is raised, and taken back.
      return Math.ceil(asked.length / 2);
    };
    expect(await raised()).toBe(1);
    await run.signal<[object]>('disputeMoved', {});
    await expect.poll(raised, { timeout: 20_000 }).toBe(2);
    await until(run, isParked);
    await settleBy(run);
    expect(await run.result()).toMatchObject({ status: 'settled-by-hand' });
  });

  it('that a person took upon themselves stays disputed', async () => {
    const { run, paymentId } = await disputed();
    await until(run, isParked);
    await settleBy(run);
    expect(await run.result()).toEqual({ status: 'settled-by-hand', by: 'Grace', note: 'seen to it' });
    expect(await refund(paymentId)).toMatchObject({ status: 'refused', reason: 'payment-disputed' });
  });
});
