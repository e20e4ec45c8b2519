import { setTimeout as pause } from 'node:timers/promises';
import { tasksCarriedOver } from '@longhaul/testing';
import { describe, expect, it } from 'vitest';
import { anOrder, shopHouse } from './shop-house.fixture.ts';
import { turns } from './shop.fixture.ts';

describe('a run whose local attempts are slow together', () => {
  const { shop, start } = shopHouse('cached');

  // Each is well within its workflow task of a second, and both together are not.
  it.each([150, 450, 600])('carries no workflow task over when each takes %i ms', async (delayMs) => {
    const order = anOrder();
    for (const step of ['reserve', 'charge'] as const)
      shop.plan(
        order,
        step,
        turns.before(() => pause(delayMs)),
      );
    const run = await start(order, { time: 'stands', workflowTaskTimeoutMs: 1_000 });
    expect(await run.result()).toMatchObject({ status: 'placed' });
    expect(tasksCarriedOver(await run.fetchHistory())).toEqual([]);
  });
});
