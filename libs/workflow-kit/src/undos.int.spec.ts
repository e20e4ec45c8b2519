import { runModes } from '@longhaul/testing';
import { describe, expect, it } from 'vitest';
import { aDeclinedOrder, anOrder, shopHouse } from './shop-house.fixture.ts';
import { turns } from './shop.fixture.ts';

describe.each(runModes)('what takes back the steps of a run (%s)', (mode) => {
  const { shop, place } = shopHouse(mode);

  const beforeItBegan = { firstSignal: { name: 'cancel', input: {} } };

  it('goes from the last step to the first', async () => {
    const order = aDeclinedOrder();
    expect(await place(order)).toMatchObject({ status: 'declined', settledByHand: [] });
    expect(shop.done(order)).toEqual(['reserve', 'charge', 'refund', 'release', 'thank']);
  });

  it('is left out when the run came to what it was for', async () => {
    const order = anOrder();
    expect(await place(order)).toMatchObject({ status: 'placed' });
    expect(shop.done(order)).toEqual(['reserve', 'charge', 'thank']);
  });

  it.each([true, false])('is done for a step whose answer was lost (fast path: %s)', async (fastPath) => {
    const order = anOrder();
    shop.plan(order, 'reserve', turns.lost, Infinity);
    const outcome = await place(order, { fastPath });
    expect(outcome).toMatchObject({ status: 'failed', step: 'reserve', code: 'line-dead' });
    expect(shop.done(order)).toEqual(['reserve', ...(fastPath ? ['refund'] : []), 'release', 'thank']);
  });

  it('is done for a step that was refused, as an attempt before may have had its effect', async () => {
    const order = anOrder();
    shop.plan(order, 'reserve', turns.refused);
    const outcome = await place(order, { fastPath: false });
    expect(outcome).toMatchObject({ status: 'failed', step: 'reserve', code: 'refused-by-shop' });
    expect(shop.done(order)).toEqual(['release', 'thank']);
  });

  it('is done for all that the local attempts of a killed worker may have reached, when the run stopped early', async () => {
    const order = anOrder();
    expect(await place(order, beforeItBegan)).toMatchObject({ status: 'cancelled' });
    expect(shop.done(order)).toEqual(['refund', 'release', 'thank']);
  });

  it('is not done for steps that were not begun, when there are no local attempts', async () => {
    const order = anOrder();
    expect(await place(order, { ...beforeItBegan, fastPath: false })).toMatchObject({ status: 'cancelled' });
    expect(shop.done(order)).toEqual(['thank']);
  });

  it('has more patience than the step itself: the shop may be closed for half an hour', async () => {
    const order = aDeclinedOrder();
    shop.plan(order, 'refund', turns.away, 12);
    expect(await place(order)).toMatchObject({ status: 'declined', settledByHand: [] });
    expect(shop.done(order)).toEqual(['reserve', 'charge', 'refund', 'release', 'thank']);
  });
});
