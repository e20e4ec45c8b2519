import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { House, type HouseOptions, type WorkerUnderTest } from './house.ts';
import type { RunMode } from './run-modes.ts';

/**
 * One house for the specs of a `describe`: open before the first, closed after the last. After each of them the fault
 * plan is empty again, every call that it waited for must have come, and all that happened is held against the invariants.
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
