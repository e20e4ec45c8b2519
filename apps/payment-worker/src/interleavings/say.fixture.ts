import { randomUUID } from 'node:crypto';
import {
  WorkflowNotFoundError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
  type WorkflowHandle,
} from '@temporalio/client';

/**
 * Says something to a run and gives back its answer, or nothing when it has ended. Silence is met as any client should meet it:
 * with the same message again, under the same id. The worker may have been killed, and its successor be on its way.
 */
export async function say<Answer>(run: WorkflowHandle, what: string, message: object): Promise<Answer | undefined> {
  const updateId = randomUUID();
  for (;;) {
    try {
      return await run.executeUpdate<Answer, [object]>(what, { args: [message], updateId });
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return undefined;
      if (!(error instanceof WorkflowUpdateRPCTimeoutOrCancelledError)) throw error;
    }
  }
}
