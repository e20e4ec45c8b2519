import { randomUUID } from 'node:crypto';
import {
  bookingId,
  rideKeyOf,
  BookRide,
  Queue,
  type BookRideInput,
  type CancelBookingInput,
} from '@longhaul/contracts';
import { quotedRide, workersOf, type House, type WorkerUnderTest } from '@longhaul/testing';
import { hourMs } from '@longhaul/workflow-kit';
import { wiring } from './wiring.ts';

/** Short, so that an attempt to stop a ride that does not end fails soon. */
const stopWaitMs = 1_500;

/** The booking worker, and the fleet worker for its manifests. */
export async function bookingWorkers(): Promise<WorkerUnderTest[]> {
  const booking = workersOf('booking', {
    wiring: { [Queue.booking]: (environment, kit) => wiring.booking(environment, kit, stopWaitMs) },
  });
  return (await Promise.all([booking, workersOf('fleet')])).flat();
}

/** A ride with a quote, two days ahead by the clock of the house. It succeeds, unless `overrides` contain a typed failure. */
export async function aRide(house: House, overrides: Partial<BookRideInput> = {}): Promise<BookRideInput> {
  const request = {
    requestId: randomUUID(),
    user: 'u-ada',
    bus: `b-${randomUUID().slice(0, 8)}`,
    segment: { from: 'Lagos', to: 'Ibadan' },
    departureAt: new Date(house.nowMs() + 48 * hourMs).toISOString(),
    ...overrides,
  };
  return { ...(await quotedRide(house.sandbox.urls.booking, request, 'NGN')), ...overrides };
}

/** Starts a ride and waits for its end. */
export async function bookRide(house: House, overrides: Partial<BookRideInput> = {}) {
  const ride = await aRide(house, overrides);
  const run = await house.start(BookRide, ride);
  return { ride, run, outcome: await run.result() };
}

/** The input for cancelling the booking of a ride. */
export function aCancellation(ride: BookRideInput): CancelBookingInput {
  return { bookingId: bookingId.of(rideKeyOf(ride)) };
}
