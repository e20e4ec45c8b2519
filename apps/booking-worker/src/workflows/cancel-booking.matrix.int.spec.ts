import { CancelBooking } from '@longhaul/contracts';
import { faultMatrix } from '@longhaul/testing';
import { bookingWorkers } from '../booking.fixture.ts';
import { cancelBookingScenarios } from '../scenarios.fixture.ts';

faultMatrix({
  contract: CancelBooking,
  workers: bookingWorkers,
  scenarios: cancelBookingScenarios,
  // Not a call to a service but to another run: booking-under-way has specs of its own.
  exempt: ['stopBookingUnderWay'],
  reads: { readBooking: { route: 'GET /bookings/:bookingId', path: ({ bookingId }) => `/bookings/${bookingId}$` } },
});
