import { randomUUID } from 'node:crypto';
import {
  bookingId,
  rideKeyOf,
  BookRide,
  Queue,
  type BookRideInput,
  type CancelBookingInput,
  type ManifestActivities,
} from '@longhaul/contracts';
import {
  bookingService,
  createHttp,
  fleetService,
  notificationService,
  paymentService,
} from '@longhaul/service-clients';
import { bundleOf, quotedRide, type House, type WorkerUnderTest } from '@longhaul/testing';
import { callContext } from '@longhaul/worker-kit';
import { bookingActivities } from './activities.ts';
import { bookingRunning } from './booking-under-way.ts';

/** Short, so that a call without an answer is given up soon. */
const timeoutMs = 700;
/** Likewise for a ride that is stopped and does not come to its end. */
const stopWaitMs = 1_500;

/** The booking worker, and in the fleet worker's place what it does: its calls go to the same sandbox. */
export async function bookingWorkers(): Promise<WorkerUnderTest[]> {
  const http = (service: string, baseUrl: string) => createHttp({ service, baseUrl, timeoutMs });
  return [
    {
      queue: Queue.booking,
      bundle: await bundleOf(new URL('./workflows/index.ts', import.meta.url)),
      activities: ({ urls, client }) =>
        bookingActivities({
          booking: bookingService(http('booking', urls.booking)),
          payment: paymentService(http('payment', urls.payment)),
          notification: notificationService(http('notification', urls.notification)),
          running: bookingRunning(client, stopWaitMs),
          context: callContext,
        }),
    },
    {
      queue: Queue.fleet,
      activities: ({ urls }): ManifestActivities => {
        const fleet = fleetService(http('fleet', urls.fleet));
        return {
          addToManifest: (call, entry) => fleet.addPassenger(entry, callContext(call)),
          takeOffManifest: (call, entry) => fleet.removePassenger(entry, callContext(call)),
        };
      },
    },
  ];
}

const hourMs = 3_600_000;

/** A ride with its quote that goes well, two days ahead on the house's clock; a typed failure in `overrides` makes it go otherwise. */
export async function aRide(house: House, overrides: Partial<BookRideInput> = {}): Promise<BookRideInput> {
  const wish = {
    requestId: randomUUID(),
    user: 'u-ada',
    bus: `b-${randomUUID().slice(0, 8)}`,
    segment: { from: 'Lagos', to: 'Ibadan' },
    departureAt: new Date(house.nowMs() + 48 * hourMs).toISOString(),
    ...overrides,
  };
  return { ...(await quotedRide(house.sandbox.urls.booking, wish, 'NGN')), ...overrides };
}

/** Starts a ride and waits for its end. */
export async function bookRide(house: House, overrides: Partial<BookRideInput> = {}) {
  const ride = await aRide(house, overrides);
  const run = await house.start(BookRide, ride);
  return { ride, run, outcome: await run.result() };
}

/** The wish to cancel what a ride has booked. */
export function aCancellation(ride: BookRideInput): CancelBookingInput {
  return { bookingId: bookingId.of(rideKeyOf(ride)) };
}
