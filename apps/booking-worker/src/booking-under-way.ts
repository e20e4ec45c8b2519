import {
  bookingId as bookingIds,
  bookRideId,
  type BookRideOutcome,
  type CancelAnswer,
  type CancelRequest,
  type StepCall,
} from '@longhaul/contracts';
import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import type { UnderWay } from './activities.ts';

/** The run that makes a booking, as long as it has not ended. */
export interface BookingRunning {
  /** Asks it to stop. `none` when there is no such run any more, or when it is past stopping. */
  stop(bookingId: string, call: StepCall): Promise<UnderWay>;
}

/** How long one attempt waits for the run to give back what it took, in milliseconds; then the step is tried again. */
const waitForEndMs = 20_000;

export function bookingRunning(client: Client): BookingRunning {
  return {
    async stop(bookingId, { key }) {
      const requestId = bookingIds.parse(bookingId);
      if (requestId === undefined) return { status: 'none' };
      const run = client.workflow.getHandle<() => Promise<BookRideOutcome>>(bookRideId.of({ requestId }));
      try {
        const options: { updateId: string; args: [CancelRequest] } = {
          updateId: key,
          args: [{ reason: 'booking cancelled' }],
        };
        const cancel = await client.withDeadline(Date.now() + waitForEndMs, () =>
          run.executeUpdate<CancelAnswer, [CancelRequest]>('cancel', options),
        );
        if (cancel.answer === 'too-late') return { status: 'none' };
        const outcome = await client.withDeadline(Date.now() + waitForEndMs, () => run.result());
        return 'givenBack' in outcome
          ? { status: 'stopped', refund: outcome.givenBack.refund, notice: outcome.notice }
          : { status: 'none' };
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return { status: 'none' };
        throw error;
      }
    },
  };
}
