import type { CancelAnswer } from '@longhaul/contracts';
import { runModes } from '@longhaul/testing';
import { describe, expect, it } from 'vitest';
import { PlaceOrder } from './order.fixture.ts';
import { aDeclinedOrder, anOrder, cancel, shopHouse } from './shop-house.fixture.ts';
import { turns } from './shop.fixture.ts';

describe.each(runModes)('a run that is cancelled when it is decided (%s)', (mode) => {
  const { shop, place, runOf } = shopHouse(mode);

  it.each([
    ['placed', 'thank', anOrder()],
    ['declined', 'refund', aDeclinedOrder()],
  ] as const)('ends as it was decided: %s, at %s, and its caller is told so', async (status, step, order) => {
    let answer: CancelAnswer | undefined;
    const hears = turns.before(async () => (answer = await cancel(runOf(order))));
    shop.plan(order, step, hears);
    expect(await place(order, { fastPath: false })).toMatchObject({ status });
    const detail = `It is already decided: ${status}. ${PlaceOrder.http.whenFinished}`;
    expect(answer).toEqual({ answer: 'too-late', detail });
  });

  it.each([
    ['an undo', 'refund', aDeclinedOrder()],
    ['what comes after the decision', 'thank', anOrder()],
  ] as const)('by Temporal at %s does not stop it: %s is done again, with the same key', async (_what, step, order) => {
    shop.plan(order, step, async () => {
      await runOf(order).cancel();
      turns.away();
    });
    const outcome = await place(order, { fastPath: false });
    expect(outcome).toMatchObject({ status: step === 'thank' ? 'placed' : 'declined', thanks: 'sent' });
    const keys = shop.attemptsAt(order, step).map(({ key }) => key);
    expect(keys).toEqual([`${PlaceOrder.id.of(order)}/${step}`, `${PlaceOrder.id.of(order)}/${step}`]);
  });

  it('by local attempts that a message waits behind ends as they decided', async () => {
    const order = anOrder();
    let answer: Promise<CancelAnswer> | undefined;
    const says = () => void (answer = cancel(runOf(order)));
    shop.plan(order, 'reserve', turns.before(says));
    const isAnswered = () => answer;
    shop.plan(order, 'thank', turns.before(isAnswered));
    expect(await place(order)).toMatchObject({ status: 'placed' });
    expect(await answer).toMatchObject({ answer: 'too-late' });
  });
});
