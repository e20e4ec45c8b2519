import type { BookRideInput } from '@longhaul/contracts';
import { activityInfo } from '@temporalio/activity';
import { rideCalls } from './calls.ts';

/** `<workflow id>/<activity>` of the present activity. */
function key(): string {
  const { workflowExecution, activityType } = activityInfo();
  return `${workflowExecution?.workflowId ?? ''}/${activityType}`;
}

/** The four activities of the booking worker. */
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

/** The activity on the other queue. */
export function fleetActivities(stubUrl: string) {
  const calls = rideCalls(stubUrl);
  return { addToManifest: (ride: BookRideInput, seat: string) => calls.addToManifest(ride, seat, key()) };
}
