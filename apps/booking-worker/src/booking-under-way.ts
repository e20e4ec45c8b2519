import {
  bookingId as bookingIds,
  bookRideId,
  type BookRideOutcome,
  type CancelAnswer,
  type CancelRequest,
  type StepCall,
} from '@longhaul/contracts';
import { type Client, type WorkflowHandle, WorkflowNotFoundError } from '@temporalio/client';
import type { UnderWay } from './activities.ts';

/** The run that makes a booking, as long as it has not ended. */
export interface BookingRunning {
  /** Asks it to stop. `none` when there is no such run any more, or when it is past stopping. */
  stop(bookingId: string, call: StepCall): Promise<UnderWay>;
}

type BookRideStory = () => Promise<BookRideOutcome>;
type BookRideRun = WorkflowHandle<BookRideStory>;

/** How long one attempt waits for the run to give back what it took, in milliseconds; then the step is tried again. */
const defaultWaitMs = 20_000;

/** `waitMs`: for both the answer and the end. Keep it below the step's attempt timeout. Default: 20 seconds. */
export function bookingRunning(client: Client, waitMs = defaultWaitMs): BookingRunning {
  return {
    async stop(bookingId, { key }) {
      const requestId = bookingIds.parse(bookingId);
      if (requestId === undefined) return { status: 'none' };
      const run = client.workflow.getHandle<BookRideStory>(bookRideId.of({ requestId }));
      try {
        return await client.withDeadline(Date.now() + waitMs, () => stopped(run, key));
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return { status: 'none' };
        throw error;
      }
    },
  };
}

async function stopped(run: BookRideRun, updateId: string): Promise<UnderWay> {
  // A later attempt sends the same message, and gets the first one's answer.
  const cancel = await run.executeUpdate<CancelAnswer, [CancelRequest]>('cancel', {
    updateId,
    args: [{ reason: 'booking cancelled' }],
  });
  if (cancel.answer === 'too-late') return { status: 'none' };
  const outcome = await run.result();
  return 'givenBack' in outcome
    ? { status: 'stopped', refund: outcome.givenBack.refund, notice: outcome.notice }
    : { status: 'none' };
}
