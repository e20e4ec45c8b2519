import { CancelBooking } from '@longhaul/contracts';
import { killMatrix } from '@longhaul/testing';
import { cancelBookingScenarios } from './scenarios.fixture.ts';

killMatrix({
  contract: CancelBooking,
  workers: ['booking-worker', 'fleet-worker'],
  scenarios: cancelBookingScenarios,
  reads: { readBooking: { route: 'GET /bookings/:bookingId', path: ({ bookingId }) => `/bookings/${bookingId}$` } },
});
