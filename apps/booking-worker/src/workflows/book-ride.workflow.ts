import type { BookRideOutcome, ManifestActivities, NoticeState } from '@longhaul/contracts';
import { bookingIdOf, BookRide } from '@longhaul/contracts/workflow';
import { implement, stepsOf, Undos } from '@longhaul/workflow-kit';
import type { BookingActivities } from '../activities.ts';
import { bookingPolicies, manifestPolicies, operators } from './policies.ts';
import {
  hasDeparted,
  holdTtlSeconds,
  idsOf,
  lapsesTooSoon,
  manifestPatienceMs,
  noticeOf,
  type Ending,
} from './book-ride.rules.ts';

const tooLate = 'A confirmed booking is cancelled by its booking id.';

/** A ride, from the wish to the seat: hold, charge, confirm, manifest, and a word to the passenger. */
export const bookRide = implement(BookRide, { owner: operators, tooLate }, async (ride, run) => {
  const { requestId, user, segment, fare } = ride;
  const trip = { bus: ride.bus, departureAt: ride.departureAt };
  const bookingId = bookingIdOf(requestId);
  const { holdId, chargeId, refundId } = idsOf(requestId);

  const booking = stepsOf<BookingActivities>(run, bookingPolicies);
  const fleet = stepsOf<ManifestActivities>(run, manifestPolicies);
  const undos = new Undos(run);
  const givenBack: Extract<BookRideOutcome, { status: 'cancelled' }>['givenBack'] = {
    refund: null,
    seatReleased: false,
    settledByHand: run.settledByHand,
  };

  const releaseSeat = async () => {
    await booking.releaseSeat({ holdId });
    givenBack.seatReleased = true;
  };
  const refundFare = async () => {
    givenBack.refund = (await booking.refundFare({ chargeId, refundId })).refunded;
  };
  const withdrawBooking = async () => {
    await booking.withdrawBooking({ bookingId });
  };

  const ending = await run.untilDecided<Ending>(
    async () => {
      // Nobody pays for a bus that has left.
      if (hasDeparted(ride.departureAt, Date.now())) return { status: 'departed' };

      // 1. A seat, held for as long as paying may take.
      undos.add(releaseSeat);
      const hold = await booking.holdSeat({ holdId, user, trip, segment, ttlSeconds: holdTtlSeconds });
      if (hold.status === 'sold-out') return { status: 'sold-out' };

      // 2. The fare.
      undos.add(refundFare);
      const charge = await booking.chargeFare({ chargeId, user, fare });
      if (charge.status === 'declined') return { status: 'declined', reason: charge.reason };

      // Paying may have used up the hold. It is renewed, or given up while the fare can still go back in full.
      if (lapsesTooSoon(hold.expiresAt, Date.now())) {
        const renewal = await booking.renewHold({ holdId, ttlSeconds: holdTtlSeconds });
        if (renewal.status === 'lapsed') return { status: 'failed', step: 'renewHold', code: 'hold-lapsed' };
      }

      // 3. The booking.
      undos.add(withdrawBooking);
      const confirmed = await booking.confirmBooking({ bookingId, holdId, chargeId, fare });
      if (confirmed.status === 'lapsed') return { status: 'failed', step: 'confirmBooking', code: 'hold-lapsed' };

      // 4. The driver's manifest. Only fleet's refusal costs the passenger the booking; a fault is retried until half an
      //    hour before departure, and then an operator is asked.
      undos.add(async () => {
        await fleet.takeOffManifest({ trip, bookingId });
      });
      const entry = { trip, bookingId, seat: hold.seat };
      const listed = await run.orPark(() =>
        fleet.addToManifest(entry, { patienceMs: manifestPatienceMs(ride.departureAt, Date.now()) }),
      );
      if (listed?.status === 'refused') return { status: 'refused', reason: listed.reason };

      return { status: 'confirmed', bookingId, reference: confirmed.reference, seat: hold.seat, chargeId };
    },
    {
      cancelled: (reason) => ({ status: 'cancelled', reason }),
      failed: ({ step, code }) => ({ status: 'failed', step, code }),
    },
  );

  // Stopped early, it may have been further than its history tells: a killed worker's local attempts are in none.
  const stoppedEarly = ['cancelled', 'failed', 'departed'].includes(ending.status);
  if (stoppedEarly) undos.addUnseen(releaseSeat, refundFare, withdrawBooking);
  if (ending.status !== 'confirmed') await undos.all();

  // 5. A word to the passenger: it may not change what was decided, and it may not be forgotten.
  const moneyMoved = givenBack.refund !== null || run.settledByHand.some(({ step }) => step === 'refundFare');
  const words = noticeOf(ride, ending, moneyMoved);
  const notice: NoticeState = words
    ? await run.orGiveUp(() => booking.notifyPassenger(words), 'sent', 'given-up')
    : 'none';

  return ending.status === 'confirmed' ? { ...ending, notice } : { ...ending, givenBack, notice };
});
