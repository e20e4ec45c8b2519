import {
  answerTo,
  type CancelAnswer,
  type CancelRequest,
  type ResolveAnswer,
  type ResolveRequest,
} from '@longhaul/contracts';
import {
  bundleOf,
  House,
  isParked,
  until,
  type HouseOptions,
  type HouseStartOptions,
  type RunMode,
} from '@longhaul/testing';
import type { WorkflowHandle } from '@temporalio/client';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { PlaceOrder, type Order } from './order.fixture.ts';
import { Shop, turns } from './shop.fixture.ts';

type Run = Pick<WorkflowHandle, 'executeUpdate'>;

export const cancel = (run: Run, reason = 'changed my mind', named: { readonly updateId?: string } = {}) =>
  answerTo(run.executeUpdate<CancelAnswer, [CancelRequest]>('cancel', { args: [{ reason }], ...named }));

export const resolve = (run: Run, request: ResolveRequest) =>
  answerTo(run.executeUpdate<ResolveAnswer, [ResolveRequest]>('resolve', { args: [request] }));

export const retry: ResolveRequest = { action: 'retry', by: 'Grace' };
export const settled: ResolveRequest = { action: 'settled', by: 'Grace', note: 'seen to it' };

let orders = 0;
export const anOrder = (pieces = 1): Order => ({ orderId: `o-${++orders}`, pieces });
/** The shop declines to charge for it. */
export const aDeclinedOrder = () => anOrder(101);

/**
 * One house and one shop for the specs of a `describe`. The invariants know nothing of orders: what was done for one is for
 * its spec to say.
 */
export function shopHouse(mode: RunMode, options: HouseOptions = {}) {
  const shop = new Shop();
  let house: House;
  beforeAll(async () => {
    const bundle = await bundleOf(new URL('./order.workflow.fixture.ts', import.meta.url));
    const worker = { queue: PlaceOrder.queue, bundle, activities: () => shop.activities };
    house = await House.open([worker], { ...options, mode });
  });
  afterEach(() => {
    expect(shop.planned).toEqual([]);
    shop.mend();
  });
  afterAll(() => house.close());

  const start = (order: Order, options?: HouseStartOptions) => house.start(PlaceOrder, order, options);
  return {
    shop,
    house: () => house,
    runOf: (order: Order) => house.client.workflow.getHandle(PlaceOrder.id.of(order)),
    start,
    /** Starts an order and waits for its end. */
    place: async (order: Order, options?: HouseStartOptions) => (await start(order, options)).result(),
    /** Starts an order one of whose steps is refused until the shop is mended: it waits for a person. */
    park: async (order: Order, step: 'charge' | 'refund' | 'release') => {
      shop.plan(order, step, turns.refused, Infinity);
      const run = await start(order);
      return { run, status: await until(run, isParked) };
    },
  };
}
