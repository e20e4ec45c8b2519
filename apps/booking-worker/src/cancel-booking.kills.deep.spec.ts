import { CancelBooking } from '@longhaul/contracts';
import { killMatrix } from '@longhaul/testing';
import { cancelBookingScenarios } from './scenarios.fixture.ts';

killMatrix({
  contract: CancelBooking,
  worker: 'booking-worker',
  servedElsewhere: { takeOffManifest: 'fleet-worker' },
  scenarios: cancelBookingScenarios,
  exempt: ['stopBookingUnderWay'],
  reads: { readBooking: { route: 'GET /bookings/:bookingId', path: ({ bookingId }) => `/bookings/${bookingId}$` } },
});
