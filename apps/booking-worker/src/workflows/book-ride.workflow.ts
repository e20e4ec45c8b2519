import type { BookRideOutcome, ManifestActivities, NoticeState } from '@longhaul/contracts';
import { bookingIdOf, BookRide } from '@longhaul/contracts/workflow';
import { implement, stepsOf, Undos } from '@longhaul/workflow-kit';
import { CancellationScope } from '@temporalio/workflow';
import type { BookingActivities, FoundBooking } from '../activities.ts';
import { earlierEnding, recall } from './earlier-run.ts';
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
  type Ending,
} from './book-ride.rules.ts';

/** A ride, from the wish to the seat: hold, charge, confirm, manifest, and a word to the passenger. */
export const bookRide = implement(BookRide, { owner: operators, recall }, async (ride, run, hear, standing) => {
  const { user, segment, quoteId, fare } = ride;
  const trip = { bus: ride.bus, departureAt: ride.departureAt };
  const key = BookRide.keyOf(ride);
  const bookingId = bookingIdOf(key);
  const { holdId, chargeId, refundId } = idsOf(key);

  const booking = stepsOf<BookingActivities>(run, bookingPolicies);
  const fleet = stepsOf<ManifestActivities>(run, manifestPolicies);
  const givenBack: Extract<BookRideOutcome, { status: 'cancelled' }>['givenBack'] = {
    refund: null,
    seatReleased: false,
    settledByHand: run.settledByHand,
  };
  const untouched = (ending: Ending): BookRideOutcome =>
    ending.status === 'confirmed' ? { ...ending, notice: 'none' } : { ...ending, givenBack, notice: 'none' };
  if (standing && !isOwn(standing, run)) return untouched(decidedBefore(ride, standing));

  const undos = new Undos(run, BookRide, bookingPolicies, {
    releaseSeat: async () => {
      await booking.releaseSeat({ holdId });
      givenBack.seatReleased = true;
    },
    refundFare: async () => {
      givenBack.refund = (await booking.refundFare({ chargeId, refundId })).refunded;
    },
    withdrawBooking: async () => {
      await booking.withdrawBooking({ bookingId, cancelledBy: run.madeBy });
    },
    takeOffManifest: async () => {
      await fleet.takeOffManifest({ trip, bookingId });
    },
  });
  let first: boolean | undefined;

  // "Your seat is confirmed" may not come after "your booking is cancelled".
  const confirming = new CancellationScope();
  let overtaken = false;
  hear.signal('bookingCancelled', () => {
    overtaken = true;
    confirming.cancel();
  });

  // The driver's manifest. Only fleet's refusal costs the passenger the booking; a fault is retried until half an hour
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
  const goOn = (found: FoundBooking): Promise<Ending> => {
    first = true;
    undos.assume('holdSeat', 'chargeFare', 'confirmBooking');
    if (found.state === 'confirmed') return list(found);
    undos.assume('addToManifest');
    return Promise.resolve({ status: 'cancelled', reason: 'It was being taken back when the run was reset' });
  };

  const ending = standing
    ? await run.toTheEnd('working', () => goOn(standing))
    : await run.untilDecided<Ending>(async () => {
        // Nobody pays for a bus that has left.
        if (hasDeparted(ride.departureAt, Date.now())) return { status: 'departed' };

        // 1. A seat at the price that the user accepted, held for as long as paying may take.
        const hold = await booking.holdSeat({
          holdId,
          madeBy: run.madeBy,
          user,
          trip,
          segment,
          quoteId,
          fare,
          ttlSeconds: holdTtlSeconds,
        });
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
        const confirmed = await booking.confirmBooking({
          bookingId,
          madeBy: run.madeBy,
          holdId,
          chargeId,
          fare,
        });
        if (confirmed.status === 'lapsed') return { status: 'failed', step: 'confirmBooking', code: 'hold-lapsed' };

        // 4. The manifest.
        return list({ seat: hold.seat, reference: confirmed.reference });
      });

  // What an earlier run of this request delivered is not this run's to take back.
  const earlier = ending.status === 'confirmed' ? undefined : await earlierEnding(ride, run, { ending, first });
  if (earlier) return untouched(earlier);

  // Stopped early, it may have been further than its history tells: a killed worker's local attempts are in none.
  const stoppedEarly = ['cancelled', 'failed', 'departed'].includes(ending.status);
  if (ending.status !== 'confirmed') await undos.all({ stoppedEarly });

  // 5. A word to the passenger: it may not change what was decided, and it may not be forgotten.
  const moneyMoved = givenBack.refund !== null || run.settledByHand.some(({ step }) => step === 'refundFare');
  const words = noticeOf(ride, ending, moneyMoved);
  const tell = (outdated?: () => boolean) =>
    words ? run.orGiveUp(() => booking.notifyPassenger(words), 'sent', 'given-up', outdated) : 'none';
  const notice: NoticeState =
    ending.status === 'confirmed' ? await confirming.run(async () => tell(() => overtaken)) : await tell();

  return ending.status === 'confirmed' ? { ...ending, notice } : { ...ending, givenBack, notice };
});
