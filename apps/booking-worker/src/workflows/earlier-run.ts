import type { BookRideInput } from '@longhaul/contracts';
import { bookingIdOf, BookRide } from '@longhaul/contracts/workflow';
import { stepsOf, type Run } from '@longhaul/workflow-kit';
import type { BookingActivities, FoundBooking } from '../activities.ts';
import { decidedBefore, isOwn, type Ending } from './book-ride.rules.ts';
import { bookingPolicies } from './policies.ts';

/** What the booking service has on record for this request, whichever run of it made it. */
async function onRecord(ride: BookRideInput, run: Run): Promise<FoundBooking | undefined> {
  const { readBooking } = stepsOf<BookingActivities>(run, bookingPolicies);
  return run.orPark(() => readBooking({ bookingId: bookingIdOf(BookRide.keyOf(ride)) }));
}

/** After a reset: what had been confirmed stays so, whatever is said to the run again. */
export async function recall(ride: BookRideInput, run: Run): Promise<FoundBooking | undefined> {
  const found = await onRecord(ride, run);
  if (found) run.alreadyDecided(found.state);
  return found;
}

/** After a reset: the steps that had been done, or may have been. */
export function stepsBehind({ state }: FoundBooking) {
  const booked = ['holdSeat', 'chargeFare', 'confirmBooking'] as const;
  return state === 'confirmed' ? booked : ([...booked, 'addToManifest'] as const);
}

/** How a run ends that was reset when it had begun to take its booking back. */
export const takenBackBefore: Ending = {
  status: 'cancelled',
  reason: 'It was being taken back when the run was reset',
};

/**
 * For a run that ends without a booking of its own: how an earlier run of the same request had ended, which then stays so.
 * `first`: the booking service has said whether this run is the first one. Undefined: what there is, this run made.
 */
export async function earlierEnding(
  ride: BookRideInput,
  run: Run,
  { ending, first }: { readonly ending: Ending; readonly first: boolean | undefined },
): Promise<Ending | undefined> {
  if (first) return undefined;
  const found = await run.toTheEnd('undoing', () => onRecord(ride, run));
  const ownOrNone = first === undefined && (!found || isOwn(found, run));
  // An operator's word is no answer to a question: without it, nobody knows whose the booking is.
  const unread = run.settledByHand.some(({ step }) => step === 'readBooking');
  if (ownOrNone && !unread) return undefined;
  // A cancel that was accepted is an end of its own: of this run, which had nothing.
  return unread || ending.status === 'cancelled' ? ending : decidedBefore(ride, found);
}
