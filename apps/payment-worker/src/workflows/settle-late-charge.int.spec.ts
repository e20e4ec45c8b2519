import { SettleLateCharge, TopUpWallet, type StepCall } from '@longhaul/contracts';
import { houseFor, isParked, runModes, until } from '@longhaul/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { hearPaystack } from '../hear-paystack.fixture.ts';
import { activitiesAt, aTopUp, paymentWorkers } from '../payment.fixture.ts';

/** What Paystack says of a charge before it says what it knows: how often, and what. */
const first = new Map<string, { says: 'pending' | 'unpaid'; times: number }>();

const workers = async () =>
  (await paymentWorkers()).map((worker) => ({
    ...worker,
    activities({ urls }: Parameters<typeof worker.activities>[0]) {
      const activities = activitiesAt(urls);
      return {
        ...activities,
        findCharge(call: StepCall, wish: { reference: string }) {
          const odd = first.get(wish.reference);
          if (!odd || odd.times === 0 || !call.key.startsWith('late-')) return activities.findCharge(call, wish);
          odd.times -= 1;
          return Promise.resolve({ status: odd.says });
        },
      };
    },
  }));

describe.each(runModes)('money that comes late (%s)', (mode) => {
  const house = houseFor(mode, workers);
  beforeEach(() => hearPaystack(house()));

  async function expired() {
    const wish = aTopUp();
    await (await house().start(TopUpWallet, wish)).result();
    return { wish, reference: `top-up-${wish.topUpId}` };
  }
  async function paid(reference: string, amount?: number) {
    await house().sandbox.pay(reference, amount === undefined ? {} : { amount });
    await house().sandbox.webhooks.drained();
    return house().client.workflow.getHandle(SettleLateCharge.id.of({ reference }));
  }
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
    first.set(reference, { says, times });
    const late = await paid(reference);
    expect(await late.result()).toMatchObject({ status: 'credited-late', credited: wish.money });
  });

  it('that a bank does not decide on for a day is for a person, who can have it looked at again', async () => {
    const { reference } = await expired();
    first.set(reference, { says: 'pending', times: Infinity });
    const late = await paid(reference);
    const { attention } = await until(late, isParked);
    expect(attention).toMatchObject({ step: 'findCharge', code: 'charge-pending' });
    first.delete(reference);
    await late.executeUpdate('resolve', { args: [{ action: 'retry', by: 'Grace' }] as never });
    expect(await late.result()).toMatchObject({ status: 'refunded' });
  });

  it('that nobody has paid after a quarter of an hour is none', async () => {
    const { reference } = await expired();
    const late = await house().start(SettleLateCharge, { reference });
    expect(await late.result()).toEqual({ status: 'nothing-due', reason: 'not-paid' });
  });
});
