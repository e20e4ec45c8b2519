import type { ManifestActivities } from '@longhaul/contracts';
import { CancelBooking } from '@longhaul/contracts/workflow';
import { implement, stepsOf } from '@longhaul/workflow-kit';
import { workflowInfo } from '@temporalio/workflow';
import type { BookingActivities } from '../activities.ts';
import { bookingPolicies, manifestPolicies, operators } from './policies.ts';
import { cancellationNotice, cancellationRefundId, refundPercentAt, shareOf } from './cancel-booking.rules.ts';

/**
 * A confirmed booking is given back: by the rules on the time left, once. There is no way back from here, so nothing is
 * undone: a step that cannot be done waits for an operator.
 */
export const cancelBooking = implement(CancelBooking, { owner: operators }, async ({ bookingId }, run) => {
  const booking = stepsOf<BookingActivities>(run, bookingPolicies);
  const fleet = stepsOf<ManifestActivities>(run, manifestPolicies);

  return run.toTheEnd('working', async () => {
    // 1. A booking whose story is still being written is stopped there: it gives back everything by itself.
    const underWay = await run.orPark(() => booking.stopBookingUnderWay({ bookingId }));
    if (underWay?.status === 'stopped') {
      const { refund, notice } = underWay;
      const settledByHand = [...underWay.settledByHand, ...run.settledByHand];
      return { status: 'cancelled', bookingId, refund, refundPercent: 100, notice, settledByHand };
    }

    // 2. What was booked. The system of record answers, however long ago it was.
    const found = await run.orPark(() => booking.readBooking({ bookingId }));
    if (!found) {
      // Settled by hand is no answer to a question: nobody knows what there would be to give back.
      const unread = run.settledByHand.some(({ step }) => step === 'readBooking');
      if (unread) return { status: 'failed', step: 'readBooking', code: 'settled-by-hand' };
      return { status: 'not-found', bookingId };
    }
    // After a reset, this run finds what it has begun itself.
    if (found.state !== 'confirmed' && found.cancelledBy !== run.madeBy)
      return { status: 'not-cancellable', bookingId, reason: 'not-confirmed' };

    // 3. How much goes back, by the moment at which it was asked for.
    const refundPercent = refundPercentAt(found.trip.departureAt, workflowInfo().startTime.getTime());
    if (refundPercent === undefined) return { status: 'not-cancellable', bookingId, reason: 'departed' };
    const refund = shareOf(found.fare, refundPercent);

    // 4. Off the bus, before the seat is anybody else's.
    await run.orPark(() => booking.withdrawBooking({ bookingId, cancelledBy: run.madeBy }));
    await run.orPark(() => fleet.takeOffManifest({ trip: found.trip, bookingId }));

    // 5. The money, then the seat.
    if (refund.amount > 0) {
      const { chargeId } = found;
      const refundId = cancellationRefundId(bookingId);
      await run.orPark(() => booking.refundFare({ chargeId, refundId, amount: refund }));
    }
    await run.orPark(() => booking.releaseSeat({ holdId: found.holdId }));

    const words = cancellationNotice(found, refund);
    const notice = await run.orGiveUp(() => booking.notifyPassenger(words), 'sent', 'given-up');
    return { status: 'cancelled', bookingId, refund, refundPercent, notice, settledByHand: run.settledByHand };
  });
});
