import { setTimeout as pause } from 'node:timers/promises';
import { runModes } from '@longhaul/testing';
import { describe, expect, it } from 'vitest';
import { minuteMs, secondMs } from './durations.ts';
import { PlaceOrder, type Order } from './order.fixture.ts';
import { anOrder, shopHouse } from './shop-house.fixture.ts';
import { turns } from './shop.fixture.ts';

describe.each(runModes)('a step (%s)', (mode) => {
  const { shop, start, place } = shopHouse(mode);

  /** Whether each attempt at the reservation was a local one, and under how many keys they went. */
  function reservation(order: Order) {
    const attempts = shop.attemptsAt(order, 'reserve');
    return { local: attempts.map(({ local }) => local), keys: new Set(attempts.map(({ key }) => key)) };
  }
  const keyOf = (order: Order) => new Set([`${PlaceOrder.id.of(order)}/reserve`]);

  it.each([true, false])('is tried locally where its policy and its run allow it (%s)', async (fastPath) => {
    const order = anOrder();
    await place(order, { fastPath });
    const local = (['reserve', 'charge', 'thank'] as const).map((step) =>
      shop.attemptsAt(order, step).map((attempt) => attempt.local),
    );
    expect(local).toEqual([[fastPath], [fastPath], [false]]);
  });

  it.each([
    ['failed', turns.away],
    ['lost its answer', turns.lost],
    ['takes longer than a local attempt may', turns.before(() => pause(1_700))],
  ])('whose local attempt %s is taken again as a regular one, with the same key', async (_how, turn) => {
    const order = anOrder();
    shop.plan(order, 'reserve', turn);
    expect(await place(order)).toMatchObject({ status: 'placed' });
    expect(reservation(order)).toEqual({ local: [true, false], keys: keyOf(order) });
    expect(shop.done(order)).toEqual(['reserve', 'charge', 'thank']);
  });

  it('whose local attempt was refused is not taken again', async () => {
    const order = anOrder();
    shop.plan(order, 'reserve', turns.refused);
    expect(await place(order)).toMatchObject({ status: 'failed', step: 'reserve', code: 'refused-by-shop' });
    expect(reservation(order).local).toEqual([true]);
  });

  it('whose local attempt was told to come back later makes that pause first', async () => {
    const order = anOrder();
    shop.plan(order, 'reserve', turns.comeBackIn(minuteMs));
    const run = await start(order);
    expect(await run.result()).toMatchObject({ status: 'placed' });
    const { events = [] } = await run.fetchHistory();
    const timers = events!.flatMap(({ timerStartedEventAttributes: timer }) => timer ?? []);
    expect(timers.map(({ startToFireTimeout: time }) => Number(time?.seconds))).toEqual([60]);
    expect(reservation(order)).toEqual({ local: [true, false], keys: keyOf(order) });
  });

  it('that is told to come back when its patience is over has failed', async () => {
    const order = anOrder();
    shop.plan(order, 'reserve', turns.comeBackIn(3 * minuteMs));
    expect(await place(order)).toMatchObject({ status: 'failed', step: 'reserve', code: 'shop-busy' });
    expect(reservation(order).local).toEqual([true]);
  });

  it.each([true, false])('is tried until its patience is over (fast path: %s)', async (fastPath) => {
    const order = anOrder();
    shop.plan(order, 'reserve', turns.away, Infinity);
    const run = await start(order, { fastPath });
    expect(await run.result()).toMatchObject({ status: 'failed', step: 'reserve', code: 'shop-closed' });
    const { local, keys } = reservation(order);
    expect(local.filter((each) => each)).toHaveLength(fastPath ? 1 : 0);
    expect(local.length).toBeGreaterThan(5);
    expect(keys).toEqual(keyOf(order));
  });

  describe('may take so long for one attempt', () => {
    async function attemptTimes(attemptMs?: number): Promise<ReadonlySet<number>> {
      const waits = attemptMs === undefined ? {} : { waits: { attemptMs, settleMs: secondMs } };
      const run = await start(anOrder(), { fastPath: false, ...waits });
      expect(await run.result()).toMatchObject({ status: 'placed' });
      const { events } = await run.fetchHistory();
      const scheduled = (events ?? []).flatMap(({ activityTaskScheduledEventAttributes: step }) => step ?? []);
      expect(scheduled).toHaveLength(3);
      return new Set(
        scheduled.map(({ startToCloseTimeout: time }) => Number(time?.seconds) * 1_000 + (time?.nanos ?? 0) / 1e6),
      );
    }

    it('as the story says', async () => {
      expect(await attemptTimes()).toEqual(new Set([10_000]));
    });

    it('as the start wrote into its memo, if that is less', async () => {
      expect(await attemptTimes(2_500)).toEqual(new Set([2_500]));
      expect(await attemptTimes(60_000)).toEqual(new Set([10_000]));
    });
  });
});
