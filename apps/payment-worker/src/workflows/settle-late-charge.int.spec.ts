import {
  idempotencyKey,
  SettleLateCharge,
  TopUpWallet,
  type StepCall,
  type TopUpWalletInput,
} from '@longhaul/contracts';
import { houseFor, isParked, runModes, until, type House } from '@longhaul/testing';
import type { WorkflowHandle } from '@temporalio/client';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ChargeState } from '../activities.ts';
import { hearPaystack } from '../hear-paystack.fixture.ts';
import { aTopUp, paymentWorkers, paymentWorkersWith } from '../payment.fixture.ts';

/** What Paystack says to a run before it says what it knows: how often, and what. */
const first = new Map<string, { says: ChargeState; times: number }>();

/** Its time stands: it would skip to its deadline before it is paid. */
async function beginTopUp(house: House, overrides: Partial<TopUpWalletInput> = {}) {
  const wish = aTopUp(overrides);
  const run = await house.start(TopUpWallet, wish, { time: 'stands' });
  await run.executeUpdate('checkout', { args: [{}] as never });
  return { wish, run, reference: TopUpWallet.id.of(wish) };
}

const workers = () =>
  paymentWorkersWith((activities) => ({
    findCharge(call: StepCall, wish: { reference: string }) {
      const odd = first.get(call.key.split('/')[0]!);
      if (!odd || odd.times === 0) return activities.findCharge(call, wish);
      odd.times -= 1;
      return Promise.resolve(odd.says);
    },
  }));

describe.each(runModes)('money that comes late (%s)', (mode) => {
  const house = houseFor(mode, workers);
  beforeEach(() => hearPaystack(house()));

  async function expired() {
    const wish = aTopUp();
    await (await house().start(TopUpWallet, wish)).result();
    return { wish, reference: TopUpWallet.id.of(wish) };
  }
  async function paid(reference: string, amount?: number) {
    await house().sandbox.pay(reference, amount === undefined ? {} : { amount });
    await house().sandbox.webhooks.drained();
    return house().client.workflow.getHandle(SettleLateCharge.id.of({ reference }));
  }
  const begin = () => beginTopUp(house());
  const journalOf = async (topUpId: string) =>
    (await house().sandbox.evidence()).journal.filter((entry) => JSON.stringify(entry).includes(topUpId));

  it('with another amount than asked for goes back, to the last unit, and is in no wallet', async () => {
    const { wish, reference } = await expired();
    const late = await paid(reference, wish.money.amount - 1);
    expect(await late.result()).toEqual({
      status: 'refunded',
      refunded: { ...wish.money, amount: wish.money.amount - 1 },
    });
    const effects = (await journalOf(wish.topUpId)).map(({ effect }) => effect);
    expect(effects).not.toContain('wallet-credited');
    expect(effects.filter((effect) => effect === 'card-refunded')).toHaveLength(1);
  });

  it.each([
    ['that a bank has not decided on', 'pending', 10],
    ['that Paystack does not know of at first', 'unpaid', 3],
  ] as const)('%s is waited for, and then settled', async (_what, says, times) => {
    const { wish, reference } = await expired();
    first.set(`late-${reference}`, { says: { status: says }, times });
    const late = await paid(reference);
    expect(await late.result()).toMatchObject({ status: 'credited-late', credited: wish.money });
  });

  it('that a bank does not decide on for a day is for a person, who can have it looked at again', async () => {
    const { reference } = await expired();
    first.set(`late-${reference}`, { says: { status: 'pending' }, times: Infinity });
    const late = await paid(reference);
    const { attention } = await until(late, isParked);
    expect(attention).toMatchObject({ step: 'findCharge', code: 'charge-pending' });
    first.delete(`late-${reference}`);
    await late.executeUpdate('resolve', { args: [{ action: 'retry', by: 'Grace' }] as never });
    expect(await late.result()).toMatchObject({ status: 'refunded' });
  });

  it('that nobody has paid after a quarter of an hour is none', async () => {
    const { reference } = await expired();
    const late = await house().start(SettleLateCharge, { reference });
    expect(await late.result()).toEqual({ status: 'nothing-due', reason: 'not-paid' });
  });

  it('and has gone back already when the top-up asks for it is not credited', async () => {
    const { wish, run, reference } = await begin();
    first.set(run.workflowId, { says: { status: 'reversed', money: wish.money, reference }, times: Infinity });
    await house().skip(run);
    expect(await run.result()).toEqual({ status: 'expired', reference });
    expect((await journalOf(wish.topUpId)).map(({ effect }) => effect)).not.toContain('wallet-credited');
  });
});

describe.each(runModes)('a top-up that is paid when it is about to be closed (%s)', (mode) => {
  const house = houseFor(mode, paymentWorkers);
  beforeEach(() => hearPaystack(house()));
  const begin = () => beginTopUp(house());

  it('that is cancelled when it is paid asks for one refund, whoever hears of the money meanwhile', async () => {
    house().sandbox.faults.set({ seed: 1, rules: [{ route: 'WEBHOOK charge.success', kind: 'webhook-lost' }] });
    const { wish, run, reference } = await begin();
    await house().sandbox.pay(reference);
    let late: WorkflowHandle | undefined;
    house().atCall('after', idempotencyKey(run.workflowId, 'closeTopUp'), async () => {
      late = await house().start(SettleLateCharge, { reference });
      await late.result();
    });
    await run.executeUpdate('cancel', { args: [{ reason: 'changed my mind' }] as never });
    expect(await run.result()).toMatchObject({ status: 'cancelled', refunded: wish.money });
    expect(await late?.result()).toEqual({ status: 'nothing-due', reason: 'settled' });
  });

  it.each([
    ['has expired', 'credited-late', (run: WorkflowHandle) => house().skip(run)],
    [
      'is cancelled',
      'refunded',
      (run: WorkflowHandle) => run.executeUpdate('cancel', { args: [{ reason: 'changed my mind' }] as never }),
    ],
  ] as const)('that %s and is paid after our last look, before it is closed, ends %s', async (_how, status, end) => {
    const { run, reference } = await begin();
    house().atCall('before', idempotencyKey(run.workflowId, 'closeTopUp'), async () => {
      await house().sandbox.pay(reference);
      await house().sandbox.webhooks.drained();
    });
    await end(run);
    await run.result();
    const late = house().client.workflow.getHandle(SettleLateCharge.id.of({ reference }));
    expect(await late.result()).toMatchObject({ status });
  });

  it('whose money a person gave back by other means leaves nothing to do for a webhook that comes later', async () => {
    const lost = { route: 'WEBHOOK charge.success', kind: 'webhook-lost' } as const;
    house().sandbox.faults.set({ seed: 1, rules: [lost, { key: '/sendRefund$', kind: 'refusal', status: 400 }] });
    const { run, reference } = await begin();
    await house().sandbox.pay(reference);
    await run.executeUpdate('cancel', { args: [{ reason: 'changed my mind' }] as never });
    await until(run, isParked);
    await run.executeUpdate('resolve', {
      args: [{ action: 'settled', by: 'Grace', note: 'paid out in cash' }] as never,
    });
    expect(await run.result()).toMatchObject({ status: 'cancelled', refunded: null });
    house().sandbox.faults.clear();
    const late = await house().start(SettleLateCharge, { reference });
    expect(await late.result()).toEqual({ status: 'nothing-due', reason: 'settled' });
  });

  it('that is giving the money back already leaves nothing to do for a webhook that comes late', async () => {
    house().sandbox.faults.set({ seed: 1, rules: [{ route: 'WEBHOOK charge.success', kind: 'webhook-lost' }] });
    const { run, reference } = await beginTopUp(house(), { userId: 'u-refund-attention' });
    await house().sandbox.pay(reference);
    await run.executeUpdate('cancel', { args: [{ reason: 'changed my mind' }] as never });
    await until(run, isParked);
    const late = await house().start(SettleLateCharge, { reference });
    const outcome = await late.result();
    expect(outcome).toEqual({ status: 'nothing-due', reason: 'settled' });
    await run.executeUpdate('resolve', { args: [{ action: 'settled', by: 'Grace', note: 'bank transfer' }] as never });
    expect(await run.result()).toMatchObject({ status: 'cancelled', refunded: null });
  });
});
