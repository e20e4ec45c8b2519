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
 * Sends an update to a run. Resolves to its answer, or to undefined if the run has ended. Without an answer the update is
 * retried with the same id, as any client should do, because the worker may have been killed.
 */
export function send<Answer>(run: WorkflowHandle, what: string, message: object): Promise<Answer | undefined> {
  const updateId = randomUUID();
  return untilHeard(() => answerTo(run.executeUpdate<Answer, [object]>(what, { args: [message], updateId })));
}

/** The status of a run; undefined if there is no such run. */
export function askStatus(run: WorkflowHandle): Promise<RunStatus | undefined> {
  return untilHeard(() => statusOf(run));
}

/** The outcome of a run. Retries long polls that the server did not answer. */
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
/** The gRPC status for a run whose workers have died in several successive tasks. */
const failedPrecondition = 9;

function mayPass(error: unknown): boolean {
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return true;
  const cause = error instanceof Error ? error.cause : undefined;
  return isGrpcServiceError(cause) && [deadlineExceeded, failedPrecondition].includes(cause.code);
}
