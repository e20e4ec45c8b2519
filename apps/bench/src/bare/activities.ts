import type { BookRideInput } from '@longhaul/contracts';
import { activityInfo } from '@temporalio/activity';
import { rideCalls } from './calls.ts';

/** `<workflow id>/<activity>`, from what the SDK knows about the activity under way. */
function key(): string {
  const { workflowExecution, activityType } = activityInfo();
  return `${workflowExecution?.workflowId ?? ''}/${activityType}`;
}

/** The four that the booking side does. */
export function bookingActivities(stubUrl: string) {
  const calls = rideCalls(stubUrl);
  return {
    holdSeat: (ride: BookRideInput) => calls.holdSeat(ride, key()),
    chargeFare: (ride: BookRideInput) => calls.chargeFare(ride, key()),
    confirmBooking: (ride: BookRideInput) => calls.confirmBooking(ride, key()),
    notifyPassenger: (ride: BookRideInput, reference: string, seat: string) =>
      calls.notifyPassenger(ride, reference, seat, key()),
  };
}

/** The one on the other queue. */
export function fleetActivities(stubUrl: string) {
  const calls = rideCalls(stubUrl);
  return { addToManifest: (ride: BookRideInput, seat: string) => calls.addToManifest(ride, seat, key()) };
}
