import { BookRide } from '@longhaul/contracts/workflow';
import { implement, stepsOf } from '@longhaul/workflow-kit';
import type { BookingActivities } from '../activities.ts';
import { holdTtlSeconds, idsOf } from './book-ride.rules.ts';
import { bookingPolicies, operators } from './policies.ts';

/** A ride whose first two steps have changed places: what a careless deploy would do to the rides under way. */
export const bookRide = implement(BookRide, { owner: operators }, async (ride, run) => {
  const booking = stepsOf<BookingActivities>(run, bookingPolicies);
  const { requestId, user, segment, quoteId, fare } = ride;
  const { holdId, chargeId } = idsOf(requestId);
  await booking.chargeFare({ chargeId, user, fare });
  const trip = { bus: ride.bus, departureAt: ride.departureAt };
  const asked = { user, trip, segment, quoteId, fare };
  await booking.holdSeat({ holdId, madeBy: run.madeBy, ...asked, ttlSeconds: holdTtlSeconds });
  const givenBack = { refund: null, seatReleased: false, settledByHand: [] };
  return { status: 'failed' as const, step: 'confirmBooking', code: 'hold-lapsed', givenBack, notice: 'none' as const };
});
