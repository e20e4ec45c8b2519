import {
  ProcessPayment,
  RefundPayment,
  SettleLateCharge,
  topUpIdOf,
  paymentIdOf,
  TopUpWallet,
  type InputOf,
  type WorkflowContract,
} from '@longhaul/contracts';
import { House, until } from '@longhaul/testing';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { aPayment, aTopUp, paymentWorkers } from '../payment.fixture.ts';
import { hearPaystack } from '../hear-paystack.fixture.ts';

describe('what was done for a request, when the request runs again', () => {
  // Not held against the invariants as others are: they know of one run for each id. What counts here is that nothing changes.
  let open: House;
  beforeAll(async () => {
    open = await House.open(await paymentWorkers());
    hearPaystack(open);
    return () => open.close();
  });
  afterEach(() => open.sandbox.faults.clear());
  const house = () => open;

  /** What the services did about this id, for good. What merchants and the gateway are told, and tell, takes its time. */
  const messages = new Set(['webhook-received', 'gateway-event-recorded']);
  const done = async (id: string) =>
    (await house().sandbox.evidence()).journal.filter(
      (entry) => !messages.has(entry.effect) && JSON.stringify(entry).includes(id),
    );
  const first = async <C extends WorkflowContract>(contract: C, input: InputOf<C>) =>
    (await house().start(contract, input)).result();
  const again = async <C extends WorkflowContract>(contract: C, input: InputOf<C>) =>
    (await house().start(contract, input, { afterRetention: true })).result();
  /** The run begins again after its first task. */
  const reset = async <C extends WorkflowContract>(contract: C, input: InputOf<C>) => {
    const run = house().client.workflow.getHandle(contract.id.of(input));
    await house().reset(run);
    return (await run.result()) as unknown;
  };

  const refundsSent = async (paymentId: string) =>
    (await done(paymentId)).filter(({ effect }) => effect === 'card-refunded');
  /** What a merchant asks to give back of a payment that was made. */
  async function aRefund() {
    const payment = aPayment();
    await first(ProcessPayment, payment);
    return {
      paymentId: paymentIdOf(payment),
      refundId: 'r1',
      money: { amount: 2_000, currency: 'NGN' as const },
      reason: 'one cup was cold',
    };
  }

  describe.each([
    ['while the services know its keys', () => Promise.resolve()],
    ['when the services have forgotten its keys', () => house().sandbox.forgetKeys()],
  ])('%s', (_when, forgetKeys) => {
    it.each([
      ['completed', {}],
      ['declined', { user: 'u-declined' }],
      ['invalid', { money: { amount: 1, currency: 'NGN' as const } }],
    ])('stays: a payment that was %s', async (status, overrides) => {
      const payment = aPayment(overrides);
      const outcome = await first(ProcessPayment, payment);
      expect(outcome).toMatchObject({ status });
      await forgetKeys();
      const before = await done(payment.paymentId);
      expect(await again(ProcessPayment, payment)).toEqual(outcome);
      expect(await done(payment.paymentId)).toEqual(before);
    });

    it.each([
      ['completed', {}],
      ['declined', { user: 'u-declined' }],
    ] as const)('stays after a reset: a payment that was %s', async (status, overrides) => {
      const payment = aPayment(overrides);
      const outcome = await first(ProcessPayment, payment);
      expect(outcome).toMatchObject({ status });
      await forgetKeys();
      const before = await done(payment.paymentId);
      expect(await reset(ProcessPayment, payment)).toEqual(outcome);
      expect(await done(payment.paymentId)).toEqual(before);
    });

    it('stays: a completed payment whose repeat is cancelled before it begins', async () => {
      const payment = aPayment();
      await first(ProcessPayment, payment);
      await forgetKeys();
      const before = await done(payment.paymentId);
      const run = await house().start(ProcessPayment, payment, {
        afterRetention: true,
        firstSignal: { name: 'cancel', input: {} },
      });
      expect(await run.result()).toMatchObject({ status: 'cancelled', refunded: null, eventId: null });
      expect(await done(payment.paymentId)).toEqual(before);
    });

    it('says nothing of the first payment to who asks for another under its id', async () => {
      const payment = aPayment();
      await first(ProcessPayment, payment);
      await forgetKeys();
      const before = await done(payment.paymentId);
      const outcome = await again(ProcessPayment, { ...payment, merchant: 'm-other' });
      expect(outcome).toEqual({
        status: 'failed',
        step: 'openPayment',
        code: 'made-before',
        refunded: null,
        eventId: null,
      });
      expect(await done(payment.paymentId)).toEqual(before);
    });

    it('stays: a refund of a part', async () => {
      const refund = await aRefund();
      const outcome = await first(RefundPayment, refund);
      expect(outcome).toMatchObject({ status: 'refunded' });
      await forgetKeys();
      const before = await done(refund.paymentId);
      expect(await again(RefundPayment, refund)).toEqual(outcome);
      expect(await done(refund.paymentId)).toEqual(before);
    });

    it('is not sent twice after a reset: a refund of a part', async () => {
      const refund = await aRefund();
      await first(RefundPayment, refund);
      await forgetKeys();
      const before = await done(refund.paymentId);
      expect(await reset(RefundPayment, refund)).toMatchObject({ status: 'refunded' });
      expect(await done(refund.paymentId)).toEqual(before);
    });

    it('is not sent twice when its run was ended from outside: a refund of a part', async () => {
      const refund = await aRefund();
      const run = await house().start(RefundPayment, refund, { time: 'stands' });
      await until(run, ({ stepsDone }) => stepsDone.includes('sendRefund'));
      await run.terminate('a spec');
      await forgetKeys();
      const sent = await refundsSent(refund.paymentId);
      expect(sent).toHaveLength(1);
      expect(await again(RefundPayment, refund)).toMatchObject({ status: 'refunded' });
      expect(await refundsSent(refund.paymentId)).toEqual(sent);
    });

    it('stays: a wallet that was topped up', async () => {
      const wish = aTopUp({ userId: 'u-pays' });
      const { status, reference, credited } = (await (
        await house().start(TopUpWallet, wish, { firstSignal: { name: 'charged', input: {} } })
      ).result()) as { status: string; reference: string; credited: unknown };
      expect(status).toBe('credited');
      await forgetKeys();
      const before = await done(wish.topUpId);
      expect(await again(TopUpWallet, wish)).toMatchObject({ status, reference, credited });
      expect(await done(wish.topUpId)).toEqual(before);
    });

    it('stays: a top-up that nobody paid', async () => {
      const wish = aTopUp();
      expect(await first(TopUpWallet, wish)).toMatchObject({ status: 'expired' });
      await forgetKeys();
      const before = await done(wish.topUpId);
      expect(await again(TopUpWallet, wish)).toMatchObject({ status: 'expired' });
      expect(await done(wish.topUpId)).toEqual(before);
    });
  });

  it('is credited, or goes back: a page of before a reset that is paid after it, and the page that followed it', async () => {
    const wish = aTopUp();
    const before = await house().start(TopUpWallet, wish, { time: 'stands' });
    await before.executeUpdate('checkout', { args: [{}] as never });
    await house().reset(before);
    const run = house().client.workflow.getHandle(before.workflowId);
    const page = TopUpWallet.id.of(wish);
    await until(run, ({ stepsDone }) => stepsDone.filter((step) => step === 'openCheckout').length === 2);
    await house().sandbox.pay(page);
    await until(run, ({ stepsDone }) => stepsDone.includes('creditWallet'));
    expect(await run.result()).toMatchObject({ status: 'credited', reference: page, credited: wish.money });
    await house().sandbox.pay(`${page}..2`);
    await house().sandbox.webhooks.drained();
    const late = house().client.workflow.getHandle(SettleLateCharge.id.of({ reference: `${page}..2` }));
    expect(await late.result()).toEqual({ status: 'refunded', refunded: wish.money });
  });

  it('is looked for after a reset: a page that was paid', async () => {
    const wish = aTopUp({ userId: 'u-pays' });
    const run = await house().start(TopUpWallet, wish, { firstSignal: { name: 'charged', input: {} } });
    const wasReset = new Promise<void>((resolve) => {
      house().atCall('before', `${TopUpWallet.id.of(wish)}/creditWallet`, async () => {
        await house().reset(run);
        resolve();
      });
    });
    await wasReset;
    expect(await house().client.workflow.getHandle(run.workflowId).result()).toMatchObject({ status: 'credited' });
    const { journal } = await house().sandbox.evidence();
    const credits = journal.filter((entry) => entry.effect === 'wallet-credited' && entry.topUpId === topUpIdOf(wish));
    expect(credits).toMatchObject([{ reference: TopUpWallet.id.of(wish) }]);
  });
});
