import type { BookRideInput, BookRideOutcome, GivenBack, NoticeState } from '@longhaul/contracts';
import { bookingIdOf } from '@longhaul/contracts/workflow';
import { minuteMs } from '@longhaul/workflow-kit';
import type { FoundBooking } from '../activities.ts';

/** Long enough for a charge with all its patience, short enough that an abandoned seat is sold again. */
export const holdTtlSeconds = 600;

/** Confirming takes seconds; with less than this left on the hold we would be gambling with a paid seat. */
const confirmMarginMs = 2 * minuteMs;

export function lapsesTooSoon(holdExpiresAt: string, nowMs: number): boolean {
  return Date.parse(holdExpiresAt) - nowMs < confirmMarginMs;
}

/** The driver walks along the seats half an hour before departure: by then the manifest has to be right. */
const manifestLeadMs = 30 * minuteMs;

/** A ride booked at the last moment gets this long all the same. */
const leastManifestPatienceMs = 10 * minuteMs;

/** How long a fault at the manifest is retried before the run asks for a person. */
export function manifestPatienceMs(departureAt: string, nowMs: number): number {
  return Math.max(leastManifestPatienceMs, Date.parse(departureAt) - manifestLeadMs - nowMs);
}

export function hasDeparted(departureAt: string, nowMs: number): boolean {
  return Date.parse(departureAt) <= nowMs;
}

/** The ids of what this ride brings about, made from its key: an undo can name a thing whose answer was lost. */
export function idsOf(rideKey: string) {
  return {
    bookingId: bookingIdOf(rideKey),
    holdId: `hold-${rideKey}`,
    chargeId: `charge-${rideKey}`,
    refundId: `refund-${rideKey}`,
  };
}

type Ended = {
  [S in BookRideOutcome['status']]: Omit<Extract<BookRideOutcome, { status: S }>, 'givenBack' | 'notice'>;
};
export type Ending = Ended[BookRideOutcome['status']];

/** Whether a booking on record stands or fell by the word of this run alone, so that this run may take it back. */
export function isOwn({ state, madeBy, cancelledBy }: FoundBooking, run: { readonly madeBy: string }): boolean {
  return madeBy === run.madeBy && (state === 'confirmed' || cancelledBy === run.madeBy);
}

/**
 * What was decided about this request before this run. Whoever asks for another ride under the same id learns nothing of
 * the first one.
 */
export function decidedBefore(ride: BookRideInput, found: FoundBooking | undefined): Ending {
  if (!found || !isAbout(ride, found)) return { status: 'failed', step: 'holdSeat', code: 'made-before' };
  const { bookingId, reference, seat, chargeId, state } = found;
  if (state === 'cancelled') return { status: 'cancelled', reason: 'An earlier run of this request was cancelled' };
  return { status: 'confirmed', bookingId, reference, seat, chargeId };
}

function isAbout(ride: BookRideInput, { user, trip }: FoundBooking): boolean {
  return user === ride.user && trip.bus === ride.bus && Date.parse(trip.departureAt) === Date.parse(ride.departureAt);
}

/** What the passenger is told, if anything: a confirmation, or that money which was taken is on its way back. */
export function noticeOf(
  ride: BookRideInput,
  ending: Ending,
  { refund, settledByHand }: Omit<GivenBack, 'seatReleased'>,
) {
  const data = { bus: ride.bus, departureAt: ride.departureAt, from: ride.segment.from, to: ride.segment.to };
  if (ending.status === 'confirmed') {
    const { reference, seat } = ending;
    return { user: ride.user, template: 'booking-confirmed' as const, data: { ...data, reference, seat } };
  }
  const moneyMoved = refund !== null || settledByHand.some(({ step }) => step === 'refundFare');
  if (!moneyMoved) return undefined;
  return { user: ride.user, template: 'booking-undone' as const, data: { ...data, why: ending.status } };
}

/** What the caller is told. Of a booking that stands there is nothing to give back. */
export function outcomeOf(ending: Ending, givenBack: GivenBack, notice: NoticeState): BookRideOutcome {
  return ending.status === 'confirmed' ? { ...ending, notice } : { ...ending, givenBack, notice };
}
