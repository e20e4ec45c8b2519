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

/** The run that makes a booking, as long as it has not ended. */
export interface BookingRunning {
  /** Asks it to stop, and waits until it has given back what it took. `none`: nothing of it is under way any more. */
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
  // A later attempt sends the same message, and gets the first one's answer.
  const cancel = await answerTo(
    run.executeUpdate<CancelAnswer, [CancelRequest]>('cancel', { updateId, args: [{ reason: 'booking cancelled' }] }),
  );
  if (cancel.answer === 'too-late') {
    const { outcome } = await run.query<RunStatus>('status');
    // What it booked stands; it has only its word to the passenger left, which is not to come after ours.
    if ((outcome as Partial<BookRideOutcome> | null)?.status === 'confirmed') await run.signal('bookingCancelled', {});
  }
  // It gives back what it took, and nobody else may do so meanwhile.
  const outcome = await run.result();
  if (outcome.status !== 'cancelled') return { status: 'none' };
  const { givenBack, notice } = outcome;
  return { status: 'stopped', refund: givenBack.refund, settledByHand: givenBack.settledByHand, notice };
}
