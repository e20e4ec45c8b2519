import type { BookRideInput } from '@longhaul/contracts';
import { ActivityCancellationType, proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { bookingActivities, fleetActivities } from './activities.ts';

const cancellationType = ActivityCancellationType.WAIT_CANCELLATION_COMPLETED;

const booking = proxyLocalActivities<ReturnType<typeof bookingActivities>>({
  startToCloseTimeout: 1_500,
  retry: { maximumAttempts: 1 },
  cancellationType,
});

const patient = proxyActivities<Pick<ReturnType<typeof bookingActivities>, 'notifyPassenger'>>({
  startToCloseTimeout: '10 seconds',
  cancellationType,
});

const fleet = proxyActivities<ReturnType<typeof fleetActivities>>({
  taskQueue: 'fleet',
  startToCloseTimeout: '10 seconds',
  cancellationType,
});

/** The same five steps as `bookRide` in plain SDK code, for comparison with the kit. */
export async function bareRide(ride: BookRideInput) {
  const { seat } = await booking.holdSeat(ride);
  const { chargeId } = await booking.chargeFare(ride);
  const { reference } = await booking.confirmBooking(ride);
  const { bookingId } = await fleet.addToManifest(ride, seat);
  await patient.notifyPassenger(ride, reference, seat);
  return { status: 'confirmed', bookingId, reference, seat, chargeId };
}
