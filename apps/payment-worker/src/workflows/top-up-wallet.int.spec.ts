import { topUpIdOf, TopUpWallet, type CheckoutAnswer, type TopUpWalletInput } from '@longhaul/contracts';
import { houseFor, isParked, runModes, statusOf, until } from '@longhaul/testing';
import { minuteMs } from '@longhaul/workflow-kit';
import type { WorkflowHandle } from '@temporalio/client';
import { beforeEach, describe, expect, it } from 'vitest';
import { aTopUp, paymentWorkers } from '../payment.fixture.ts';
import { hearPaystack } from '../hear-paystack.fixture.ts';

describe.each(runModes)('a top-up (%s)', (mode) => {
  const house = houseFor(mode, paymentWorkers);
  beforeEach(() => {
    hearPaystack(house());
  });

  async function begin(overrides: Partial<TopUpWalletInput> = {}) {
    const wish = aTopUp(overrides);
    // Its time stands: it would skip to its deadline before it is paid.
    const run = await house().start(TopUpWallet, wish, { time: 'stands' });
    const checkout = await run.executeUpdate<CheckoutAnswer, [object]>('checkout', { args: [{}] });
    return { wish, run, checkout, reference: TopUpWallet.id.of(wish) };
  }
  const creditsOf = async (wish: TopUpWalletInput) =>
    (await house().sandbox.evidence()).journal.filter(
      (entry) => entry.effect === 'wallet-credited' && entry.topUpId === topUpIdOf(wish),
    );

  /** The steps that a run has taken or is at. Whoever asks for them gets them as of after the last message to the run. */
  async function asked(run: WorkflowHandle) {
    const { stepsDone, waitingFor } = await statusOf(run);
    return [...stepsDone, waitingFor?.step];
  }

  it('tells where to pay, and is credited when the webhook has come', async () => {
    const { wish, run, checkout, reference } = await begin();
    expect(checkout).toEqual({
      checkout: 'open',
      authorizationUrl: expect.stringMatching(/^http.*\/checkout\//),
      reference,
    });
    await house().sandbox.pay(reference);
    await house().sandbox.webhooks.drained();
    expect(await asked(run)).toContain('findCharge');
    expect(await run.result()).toEqual({
      status: 'credited',
      reference,
      credited: wish.money,
      invoice: expect.stringMatching(/^INV-/),
      receipt: 'sent',
    });
    expect(await creditsOf(wish)).toMatchObject([{ money: wish.money, late: false }]);
  });

  it('that is asked twice for its page gives the same', async () => {
    const { run, checkout, reference } = await begin();
    expect(await run.executeUpdate('checkout', { args: [{}] as never })).toEqual(checkout);
    await house().sandbox.pay(reference);
    await run.result();
  });

  it('whose webhook has come before it waits for one looks at once', async () => {
    const firstSignal = { name: 'charged', input: {} };
    const run = await house().start(TopUpWallet, aTopUp({ userId: 'u-pays' }), { firstSignal });
    expect(await run.result()).toMatchObject({ status: 'credited' });
  });

  it('whose webhook comes twice is credited once', async () => {
    house().sandbox.faults.set({ seed: 1, rules: [{ route: 'WEBHOOK charge.success', kind: 'webhook-twice' }] });
    const { wish, run, reference } = await begin();
    await house().sandbox.pay(reference);
    await run.result();
    expect(await creditsOf(wish)).toHaveLength(1);
  });

  it('whose webhook is lost is found paid when its ten minutes are over', async () => {
    house().sandbox.faults.set({ seed: 1, rules: [{ route: 'WEBHOOK charge.success', kind: 'webhook-lost' }] });
    const { wish, run, reference } = await begin();
    await house().sandbox.pay(reference);
    await house().skip(run);
    expect(await run.result()).toMatchObject({ status: 'credited' });
    expect(await creditsOf(wish)).toHaveLength(1);
  });

  it('that nobody pays waits for ten minutes, and not a moment longer', async () => {
    const { run, reference } = await begin();
    const { events } = await run.fetchHistory();
    const timer = events?.find(({ timerStartedEventAttributes }) => timerStartedEventAttributes);
    expect(Number(timer?.timerStartedEventAttributes?.startToFireTimeout?.seconds)).toBe(600);
    await house().pass(run, 9 * minuteMs);
    expect(await statusOf(run)).toMatchObject({ state: 'working', outcome: null });
    await house().pass(run, minuteMs);
    expect(await run.result()).toEqual({ status: 'expired', reference });
  });

  it('that was told of a payment which the gateway does not know goes on waiting', async () => {
    const { run } = await begin();
    await run.signal('charged', {});
    expect(await asked(run)).toContain('findCharge');
    await house().pass(run, minuteMs);
    expect(await statusOf(run)).toMatchObject({ state: 'working' });
    await house().skip(run);
    expect(await run.result()).toMatchObject({ status: 'expired' });
  });

  it('that is paid with another amount waits for a person', async () => {
    const { wish, run, reference } = await begin();
    await house().sandbox.pay(reference, { amount: wish.money.amount - 1 });
    const { attention } = await until(run, isParked);
    expect(attention).toMatchObject({ code: 'amount-mismatch' });
    expect(await creditsOf(wish)).toEqual([]);
    await run.executeUpdate('resolve', {
      args: [{ action: 'settled', by: 'Grace', note: 'credited by hand' }] as never,
    });
    expect(await run.result()).toMatchObject({ status: 'settled-by-hand', by: 'Grace' });
  });

  it('whose money a person put into the wallet by hand says so', async () => {
    house().sandbox.faults.set({ seed: 1, rules: [{ key: '/creditWallet$', kind: 'refusal' }] });
    const { run, reference } = await begin();
    await house().sandbox.pay(reference);
    await until(run, isParked);
    await run.executeUpdate('resolve', {
      args: [{ action: 'settled', by: 'Grace', note: 'credited by hand' }] as never,
    });
    expect(await run.result()).toMatchObject({ status: 'settled-by-hand', note: 'credited by hand' });
  });

  it.each([
    ['within a day, is credited late', minuteMs, { status: 'credited-late' }],
    ['after a day, goes back', 25 * 60 * minuteMs, { status: 'refunded' }],
  ] as const)('that is paid when it has expired, %s', async (_name, laterMs, outcome) => {
    const { wish, run, reference } = await begin();
    await house().skip(run);
    await run.result();
    house().later(10 * minuteMs + laterMs);
    await house().sandbox.pay(reference);
    await house().sandbox.webhooks.drained();
    const late = house().client.workflow.getHandle(`late-${reference}`);
    expect(await late.result()).toMatchObject(outcome);
    expect(await creditsOf(wish)).toHaveLength(outcome.status === 'credited-late' ? 1 : 0);
  });

  it('that is cancelled and paid all the same gives the money back', async () => {
    const { wish, run, reference } = await begin();
    await run.executeUpdate('cancel', { args: [{ reason: 'changed my mind' }] as never });
    expect(await run.result()).toMatchObject({ status: 'cancelled', refunded: null });
    await house().sandbox.pay(reference);
    await house().sandbox.webhooks.drained();
    const late = house().client.workflow.getHandle(`late-${reference}`);
    expect(await late.result()).toEqual({ status: 'refunded', refunded: wish.money });
    expect(await creditsOf(wish)).toEqual([]);
  });

  it('that was paid before it was cancelled, with the webhook still to come, gives the money back', async () => {
    house().sandbox.faults.set({ seed: 1, rules: [{ route: 'WEBHOOK charge.success', kind: 'webhook-lost' }] });
    const { wish, run, reference } = await begin();
    await house().sandbox.pay(reference);
    await run.executeUpdate('cancel', { args: [{ reason: 'changed my mind' }] as never });
    expect(await run.result()).toMatchObject({ status: 'cancelled', refunded: wish.money });
  });

  it.each([
    [{ amount: 5_000, currency: 'EUR' }, 'currency-not-accepted'],
    [{ amount: 4_999, currency: 'NGN' }, 'amount-below-minimum'],
    [{ amount: 1_000_000_001, currency: 'NGN' }, 'amount-above-limit'],
  ] as const)('of %o is refused (%s), and there is no page', async (money, reason) => {
    const run = await house().start(TopUpWallet, aTopUp({ money }));
    const checkout = run.executeUpdate<CheckoutAnswer, [object]>('checkout', { args: [{}] });
    expect(await run.result()).toEqual({ status: 'refused', reason });
    expect(await checkout.catch(() => ({ checkout: 'closed' }))).toEqual({ checkout: 'closed' });
  });

  it('whose references are all taken is not tried for ever', async () => {
    const refused = { route: 'POST /transaction/initialize', kind: 'lost-answer', attempts: { to: 1 } } as const;
    house().sandbox.faults.set({ seed: 1, rules: [refused] });
    const run = await house().start(TopUpWallet, aTopUp());
    expect(await run.result()).toMatchObject({ status: 'failed', step: 'openCheckout', code: 'reference-taken' });
  });

  it('whose page was opened by a call without an answer opens another', async () => {
    house().sandbox.faults.set({
      seed: 1,
      rules: [{ key: '/openCheckout/1$', kind: 'lost-answer', attempts: { to: 1 } }],
    });
    const { wish, run, checkout, reference } = await begin();
    expect(checkout).toMatchObject({ checkout: 'open', reference: `${reference}..2` });
    await house().sandbox.pay(`${reference}..2`);
    expect(await run.result()).toMatchObject({ status: 'credited', reference: `${reference}..2` });
    expect(await creditsOf(wish)).toHaveLength(1);
  });
});
