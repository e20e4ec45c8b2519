import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { House, type HouseOptions, type WorkerUnderTest } from './house.ts';
import type { RunMode } from './run-modes.ts';

/**
 * One house (server, sandbox, workers) for the specs of a `describe`: opened before the first, closed after the last. After
 * each spec the fault plan is cleared, every expected call must have come, and the checker checks the invariants.
 */
export function houseFor(
  mode: RunMode,
  workers: () => Promise<readonly WorkerUnderTest[]>,
  options: HouseOptions = {},
): () => House {
  let house: House;
  beforeAll(async () => {
    house = await House.open(await workers(), { ...options, mode });
  });
  afterEach(async () => {
    house.sandbox.faults.clear();
    expect(house.callsThatNeverCame).toEqual([]);
    await house.judge();
  });
  afterAll(() => house.close());
  return () => house;
}
