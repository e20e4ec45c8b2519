import { BookRide, CancelBooking } from '@longhaul/contracts';
import type { Trial } from '@longhaul/testing';
import { bookingWorkers } from './booking.fixture.ts';
import { bookRideReads, bookRideScenarios, cancelBookingReads, cancelBookingScenarios } from './scenarios.fixture.ts';

const here = {
  worker: 'booking-worker',
  workers: bookingWorkers,
  servedElsewhere: { addToManifest: 'fleet-worker', takeOffManifest: 'fleet-worker' },
};

const bookRide: Trial<typeof BookRide> = {
  ...here,
  contract: BookRide,
  scenarios: bookRideScenarios,
  reads: bookRideReads,
};

const cancelBooking: Trial<typeof CancelBooking> = {
  ...here,
  contract: CancelBooking,
  scenarios: cancelBookingScenarios,
  // Not a call to a service but to another run: booking-under-way has specs of its own.
  exempt: ['stopBookingUnderWay'],
  reads: cancelBookingReads,
};

/** How each workflow of this worker is tried, by its contract's type. */
export const trials = { bookRide, cancelBooking };
