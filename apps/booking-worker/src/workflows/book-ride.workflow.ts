import type { GivenBack, ManifestActivities } from '@longhaul/contracts';
import { BookRide } from '@longhaul/contracts/workflow';
import { implement, stepsOf, Undos } from '@longhaul/workflow-kit';
import { CancellationScope } from '@temporalio/workflow';
import type { BookingActivities, FoundBooking } from '../activities.ts';
import { earlierEnding, recall, stepsBehind, takenBackBefore } from './earlier-run.ts';
import { bookingPolicies, manifestPolicies, operators } from './policies.ts';
import {
  decidedBefore,
  hasDeparted,
  holdTtlSeconds,
  idsOf,
  isOwn,
  lapsesTooSoon,
  manifestPatienceMs,
  noticeOf,
  outcomeOf,
  type Ending,
} from './book-ride.rules.ts';

/** A ride, from the wish to the seat: hold, charge, confirm, manifest, and a word to the passenger. */
export const bookRide = implement(BookRide, { owner: operators, recall }, async (ride, run, hear, standing) => {
  const { user, segment, quoteId, fare } = ride;
  const { madeBy } = run;
  const trip = { bus: ride.bus, departureAt: ride.departureAt };
  const { bookingId, holdId, chargeId, refundId } = idsOf(BookRide.keyOf(ride));

  const booking = stepsOf<BookingActivities>(run, bookingPolicies);
  const fleet = stepsOf<ManifestActivities>(run, manifestPolicies);
  const givenBack: GivenBack = { refund: null, seatReleased: false, settledByHand: run.settledByHand };
  if (standing && !isOwn(standing, run)) return outcomeOf(decidedBefore(ride, standing), givenBack, 'none');

  const undos = new Undos(run, BookRide, bookingPolicies, {
    releaseSeat: async () => {
      await booking.releaseSeat({ holdId });
      givenBack.seatReleased = true;
    },
    refundFare: async () => {
      givenBack.refund = (await booking.refundFare({ chargeId, refundId })).refunded;
    },
    withdrawBooking: async () => {
      await booking.withdrawBooking({ bookingId, cancelledBy: madeBy });
    },
    takeOffManifest: () => fleet.takeOffManifest({ trip, bookingId }),
  });

  // "Your seat is confirmed" may not come after "your booking is cancelled".
  const confirming = new CancellationScope();
  let overtaken = false;
  hear.signal('bookingCancelled', () => {
    overtaken = true;
    confirming.cancel();
  });

  let first: boolean | undefined = standing && true;
  const book = async (): Promise<Ending> => {
    // Nobody pays for a bus that has left.
    if (hasDeparted(ride.departureAt, Date.now())) return { status: 'departed' };

    // 1. A seat at the price that the user accepted, held for as long as paying may take.
    const wanted = { madeBy, user, trip, segment, quoteId, fare };
    const hold = await booking.holdSeat({ holdId, ...wanted, ttlSeconds: holdTtlSeconds });
    first = hold.status !== 'made-before';
    if (hold.status === 'made-before') {
      run.alreadyDecided('by an earlier run');
      return { status: 'failed', step: 'holdSeat', code: 'made-before' };
    }
    if (hold.status === 'quote-refused') return { status: 'quote-refused', reason: hold.reason };
    if (hold.status === 'sold-out') return { status: 'sold-out' };

    // 2. The fare.
    const charge = await booking.chargeFare({ chargeId, user, fare });
    if (charge.status === 'declined') return { status: 'declined', reason: charge.reason };

    // Paying may have used up the hold. It is renewed, or given up while the fare can still go back in full.
    if (lapsesTooSoon(hold.expiresAt, Date.now())) {
      const renewal = await booking.renewHold({ holdId, ttlSeconds: holdTtlSeconds });
      if (renewal.status === 'lapsed') return { status: 'failed', step: 'renewHold', code: 'hold-lapsed' };
    }

    // 3. The booking.
    const confirmed = await booking.confirmBooking({ bookingId, madeBy, holdId, chargeId, fare });
    if (confirmed.status === 'lapsed') return { status: 'failed', step: 'confirmBooking', code: 'hold-lapsed' };
    return list({ seat: hold.seat, reference: confirmed.reference });
  };

  // 4. The driver's manifest. Only fleet's refusal costs the passenger the booking; a fault is retried until half an hour
  // before departure, and then an operator is asked.
  const list = async ({ seat, reference }: { seat: string; reference: string }): Promise<Ending> => {
    const entry = { trip, bookingId, seat };
    const listed = await run.orPark(() =>
      fleet.addToManifest(entry, { patienceMs: manifestPatienceMs(ride.departureAt, Date.now()) }),
    );
    if (listed?.status === 'refused') return { status: 'refused', reason: listed.reason };
    return { status: 'confirmed', bookingId, reference, seat, chargeId };
  };

  // A run that was reset goes on from what it had confirmed, or had begun to take back.
  const goOn = async (found: FoundBooking) => (found.state === 'confirmed' ? list(found) : takenBackBefore);
  if (standing) undos.assume(...stepsBehind(standing));
  const ending = standing ? await run.toTheEnd('working', () => goOn(standing)) : await run.untilDecided(book);

  // What an earlier run of this request delivered is not this run's to take back.
  const earlier = ending.status === 'confirmed' ? undefined : await earlierEnding(ride, run, { ending, first });
  if (earlier) return outcomeOf(earlier, givenBack, 'none');

  // Stopped early, it may have been further than its history tells: a killed worker's local attempts are in none.
  const stoppedEarly = ['cancelled', 'failed', 'departed'].includes(ending.status);
  if (ending.status !== 'confirmed') await undos.all({ stoppedEarly });

  // 5. A word to the passenger: it may not change what was decided, and it may not be forgotten.
  const words = noticeOf(ride, ending, givenBack);
  const tell = (outdated?: () => boolean) =>
    words ? run.orGiveUp(() => booking.notifyPassenger(words), 'sent', 'given-up', outdated) : 'none';
  const notice = ending.status === 'confirmed' ? await confirming.run(async () => tell(() => overtaken)) : await tell();

  return outcomeOf(ending, givenBack, notice);
});
