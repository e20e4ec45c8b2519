import type { ManifestActivities } from '@longhaul/contracts';
import { hourMs, minuteMs, type StepPolicies } from '@longhaul/workflow-kit';
import type { BookingActivities } from '../activities.ts';

/** Who is asked when a run of this domain needs a person. */
export const operators = 'booking-operations';

/** Forward steps have the patience of a waiting passenger, undos that of somebody who owes money. */
const forward = { kind: 'keyed', fast: true, patienceMs: 3 * minuteMs } as const;
const undo = { kind: 'keyed', fast: true, patienceMs: 2 * hourMs, longestPauseMs: 5 * minuteMs } as const;

export const bookingPolicies: StepPolicies<BookingActivities> = {
  holdSeat: forward,
  // A bank may take its time; the seat is held again if it takes too much of it.
  chargeFare: { ...forward, patienceMs: 15 * minuteMs },
  renewHold: forward,
  confirmBooking: forward,
  releaseSeat: undo,
  refundFare: undo,
  withdrawBooking: undo,
  // What was read decides what is done next, and has to be on record before: a worker killed after the withdrawal would
  // else read the booking again, find it cancelled by itself, and owe the refund.
  readBooking: { kind: 'read', patienceMs: 10 * minuteMs },
  stopBookingUnderWay: { kind: 'keyed', patienceMs: 24 * hourMs, attemptTimeoutMs: 30_000, longestPauseMs: minuteMs },
  // A word cannot be taken back, so what it tells has to be on record first. A local attempt would be made before: if the
  // worker were killed then, a cancel that came meanwhile would still be accepted, after "your seat is confirmed".
  notifyPassenger: { kind: 'keyed', patienceMs: 24 * hourMs, longestPauseMs: 5 * minuteMs },
};

/** Another worker's queue: never on the fast path. */
export const manifestPolicies: StepPolicies<ManifestActivities> = {
  addToManifest: { kind: 'keyed', queue: 'fleet', patienceMs: 10 * minuteMs, longestPauseMs: minuteMs },
  takeOffManifest: { kind: 'keyed', queue: 'fleet', patienceMs: 2 * hourMs, longestPauseMs: 5 * minuteMs },
};
