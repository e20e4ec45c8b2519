import { BookRide, idempotencyKey } from '@longhaul/contracts';
import { houseFor, tasksCarriedOver } from '@longhaul/testing';
import { describe, expect, it } from 'vitest';
import { aRide, bookingWorkers } from '../booking.fixture.ts';

describe('a ride whose local attempts are slow together', () => {
  const house = houseFor('cached', bookingWorkers);
  const slow = ['holdSeat', 'chargeFare', 'confirmBooking'];

  /** Each is well within its workflow task of a second, and all of them are not. */
  async function slowRide(delayMs: number) {
    const ride = await aRide(house());
    const keys = slow.map((step) => idempotencyKey(BookRide.id.of(ride), step));
    const rules = keys.map((key) => ({ kind: 'delay' as const, key: `^${key}$`, delayMs }));
    house().sandbox.faults.set({ seed: 1, rules });
    const run = await house().start(BookRide, ride, { time: 'stands', workflowTaskTimeoutMs: 1_000 });
    expect(await run.result()).toMatchObject({ status: 'confirmed' });
    return run.fetchHistory();
  }

  it.each([150, 350, 600])('carries no workflow task over when each takes %i ms', async (delayMs) => {
    expect(tasksCarriedOver(await slowRide(delayMs))).toEqual([]);
  });
});
