import { setTimeout as pause } from 'node:timers/promises';
import { BookRide, CancelBooking } from '@longhaul/contracts';
import { houseFor } from '@longhaul/testing';
import { expect, it } from 'vitest';
import { aCancellation, aRide, bookingWorkers } from './booking.fixture.ts';

const leavesInMs = 10_000;
const house = houseFor('cached', bookingWorkers);

/** In real time, because the start time of a run is always that of the real clock. */
it('cancelling a booking after the bus has departed is refused without effects', async () => {
  const departureAt = new Date(Date.now() + leavesInMs).toISOString();
  const ride = await aRide(house(), { departureAt });
  expect(await (await house().start(BookRide, ride)).result()).toMatchObject({ status: 'confirmed' });
  await pause(Date.parse(departureAt) - Date.now());
  const run = await house().start(CancelBooking, aCancellation(ride));
  expect(await run.result()).toEqual({ status: 'not-cancellable', ...aCancellation(ride), reason: 'departed' });
  const { journal } = await house().sandbox.evidence();
  expect(journal.filter(({ key }) => key?.startsWith(`${run.workflowId}/`))).toEqual([]);
});
