import { randomUUID } from 'node:crypto';
import { BookRide, bookingId, type BookRideInput, type CancelBooking, rideKeyOf } from '@longhaul/contracts';
import { quotedRide, type ReadCall, type RideRequest, type Scenario, type Stage } from '@longhaul/testing';
import { dayMs } from '@longhaul/workflow-kit';

function aRideAt(stage: Stage, overrides: Partial<RideRequest> = {}): Promise<BookRideInput> {
  const request = {
    requestId: randomUUID(),
    user: 'u-ada',
    bus: `b-${randomUUID().slice(0, 8)}`,
    segment: { from: 'Lagos', to: 'Ibadan' },
    departureAt: new Date(stage.nowMs() + 30 * dayMs).toISOString(),
    ...overrides,
  };
  return quotedRide(stage.sandbox.urls.booking, request, 'NGN');
}

export const bookRideScenarios: readonly Scenario<typeof BookRide>[] = [
  {
    name: 'all goes well',
    input: (stage) => aRideAt(stage),
    steps: {
      holdSeat: 'fails',
      chargeFare: 'fails',
      confirmBooking: 'fails',
      addToManifest: 'parks',
      notifyPassenger: 'goes-on',
    },
    ends: 'confirmed',
  },
  {
    name: 'the hold is about to lapse when it is paid for',
    input: (stage) => aRideAt(stage),
    servicesBehindMs: 9 * 60_000,
    steps: { renewHold: 'fails' },
    ends: 'confirmed',
  },
  {
    name: 'fleet refuses',
    input: (stage) => aRideAt(stage, { bus: 'b-closed' }),
    steps: { takeOffManifest: 'parks', withdrawBooking: 'parks', refundFare: 'parks', releaseSeat: 'parks' },
    ends: 'refused',
  },
  {
    name: 'an earlier run held the seat, and ended without a booking',
    input: (stage) => aRideAt(stage),
    faults: [{ key: '/holdSeat$', kind: 'refusal', code: 'hold-exists' }],
    steps: { readBooking: 'parks' },
    ends: 'failed',
    noFastSteps: true,
  },
];

export const bookRideReads: Record<string, ReadCall<typeof BookRide>> = {
  readBooking: {
    route: 'GET /bookings/:bookingId',
    path: (ride) => `/bookings/${bookingId.of(rideKeyOf(ride))}$`,
  },
};

export const cancelBookingScenarios: readonly Scenario<typeof CancelBooking>[] = [
  {
    name: 'a confirmed booking',
    input: async (stage) => {
      const ride = await aRideAt(stage);
      await stage.after(BookRide, ride);
      return { bookingId: bookingId.of(rideKeyOf(ride)) };
    },
    steps: {
      readBooking: 'parks',
      withdrawBooking: 'parks',
      takeOffManifest: 'parks',
      refundFare: 'parks',
      releaseSeat: 'parks',
      notifyPassenger: 'goes-on',
    },
    ends: 'cancelled',
  },
];

export const cancelBookingReads: Record<string, ReadCall<typeof CancelBooking>> = {
  readBooking: { route: 'GET /bookings/:bookingId', path: (input) => `/bookings/${input.bookingId}$` },
};
