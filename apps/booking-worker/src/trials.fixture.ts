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
  // It calls another run instead of a service. booking-under-way has its own specs.
  exempt: ['stopBookingUnderWay'],
  reads: cancelBookingReads,
};

/** The trial of each workflow of this worker, by type. */
export const trials = { bookRide, cancelBooking };
