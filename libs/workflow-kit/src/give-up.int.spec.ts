import { runModes } from '@longhaul/testing';
import { describe, expect, it } from 'vitest';
import { anOrder, shopHouse } from './shop-house.fixture.ts';
import { turns } from './shop.fixture.ts';

describe.each(runModes)('a step that may not change the outcome (%s)', (mode) => {
  const { shop, start, place } = shopHouse(mode);

  it('is done again until it is done', async () => {
    const order = anOrder();
    shop.plan(order, 'thank', turns.away, 5);
    expect(await place(order)).toMatchObject({ status: 'placed', thanks: 'sent' });
    expect(shop.attemptsAt(order, 'thank')).toHaveLength(6);
  });

  it.each([
    ['is refused', turns.refused],
    ['has failed for as long as it is tried', turns.away],
  ])('and %s is given up: the outcome stands, and nobody is asked', async (_how, turn) => {
    const order = anOrder();
    shop.plan(order, 'thank', turn, Infinity);
    const run = await start(order);
    expect(await run.result()).toMatchObject({ status: 'placed', thanks: 'given-up' });
    expect(shop.done(order)).toEqual(['reserve', 'charge']);
    const { events } = await run.fetchHistory();
    expect(events?.filter(({ upsertWorkflowSearchAttributesEventAttributes: parked }) => parked)).toEqual([]);
  });
});
