import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { answerTo, type RunStatus } from '@longhaul/contracts';
import { statusOf } from '@longhaul/testing';
import {
  isGrpcServiceError,
  WorkflowNotFoundError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
  type WorkflowHandle,
} from '@temporalio/client';

/**
 * Sends an update to a run. Resolves to its answer, or to nothing when the run has ended. Without an answer the same update is
 * sent again under the same id, as any client should do: the worker may have been killed, and the next one may be starting.
 */
export function send<Answer>(run: WorkflowHandle, what: string, message: object): Promise<Answer | undefined> {
  const updateId = randomUUID();
  return untilHeard(() => answerTo(run.executeUpdate<Answer, [object]>(what, { args: [message], updateId })));
}

/** The status of a run; nothing when there is no such run. */
export function askStatus(run: WorkflowHandle): Promise<RunStatus | undefined> {
  return untilHeard(() => statusOf(run));
}

/** The outcome of a run. A long poll that the server did not answer is made again. */
export async function endOf<Outcome>(run: { result(): Promise<Outcome> }): Promise<Outcome> {
  return (await untilHeard(() => run.result()))!;
}

const askAgainMs = 500;

async function untilHeard<Answer>(speak: () => Promise<Answer>): Promise<Answer | undefined> {
  for (;;) {
    try {
      return await speak();
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return undefined;
      if (!mayPass(error)) throw error;
      await pause(askAgainMs);
    }
  }
}

const deadlineExceeded = 4;
/** What Temporal answers about a run whose workers have died in several tasks in a row. */
const failedPrecondition = 9;

function mayPass(error: unknown): boolean {
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return true;
  const cause = error instanceof Error ? error.cause : undefined;
  return isGrpcServiceError(cause) && [deadlineExceeded, failedPrecondition].includes(cause.code);
}
