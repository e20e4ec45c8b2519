import {
  answerTo,
  bookingId as bookingIds,
  bookRideId,
  type BookRideOutcome,
  type CancelAnswer,
  type CancelRequest,
  type GivenBack,
  type Money,
  type NoticeState,
  type RunStatus,
  type StepCall,
} from '@longhaul/contracts';
import { type Client, type WorkflowHandle, WorkflowNotFoundError } from '@temporalio/client';

export type UnderWay =
  | { readonly status: 'none' }
  | {
      readonly status: 'stopped';
      readonly refund: Money | null;
      readonly settledByHand: GivenBack['settledByHand'];
      readonly notice: NoticeState;
    };

/** Access to the run that makes a booking, while it has not ended. */
export interface BookingRunning {
  /** Cancels the run, and waits until it has undone its steps. `none`: no such run is in progress. */
  stop(bookingId: string, call: StepCall): Promise<UnderWay>;
}

type BookRideStory = () => Promise<BookRideOutcome>;
type BookRideRun = WorkflowHandle<BookRideStory>;

/** How long one attempt waits for the run to undo its steps, in milliseconds. After that the step is retried. */
const defaultWaitMs = 20_000;

/** `waitMs` limits the wait for both answer and end. It must be below the timeout of the step's attempts. Default: 20 seconds. */
export function bookingRunning(client: Client, waitMs = defaultWaitMs): BookingRunning {
  return {
    async stop(bookingId, { key }) {
      const rideKey = bookingIds.parse(bookingId);
      if (rideKey === undefined) return { status: 'none' };
      const run = client.workflow.getHandle<BookRideStory>(bookRideId.of(rideKey));
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
  // A retry sends the same message, and gets the answer to the first one.
  const cancel = await answerTo(
    run.executeUpdate<CancelAnswer, [CancelRequest]>('cancel', { updateId, args: [{ reason: 'booking cancelled' }] }),
  );
  if (cancel.answer === 'too-late') {
    const { outcome } = await run.query<RunStatus>('status');
    // The booking is confirmed, and only the notice to the passenger is left. It must not be sent after the one about the cancel.
    if ((outcome as Partial<BookRideOutcome> | null)?.status === 'confirmed') await run.signal('bookingCancelled', {});
  }
  // The run undoes its steps, and until it has ended nothing else may undo them.
  const outcome = await run.result();
  if (outcome.status !== 'cancelled') return { status: 'none' };
  const { givenBack, notice } = outcome;
  return { status: 'stopped', refund: givenBack.refund, settledByHand: givenBack.settledByHand, notice };
}
