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
 * Says something to a run and gives back its answer, or nothing when it has ended. Silence is met as any client should meet it:
 * with the same message again, under the same id. The worker may have been killed, and its successor be on its way.
 */
export function say<Answer>(run: WorkflowHandle, what: string, message: object): Promise<Answer | undefined> {
  const updateId = randomUUID();
  return untilHeard(() => answerTo(run.executeUpdate<Answer, [object]>(what, { args: [message], updateId })));
}

/** How far a run is; nothing when there is none. */
export function ask(run: WorkflowHandle): Promise<RunStatus | undefined> {
  return untilHeard(() => statusOf(run));
}

/** What the run comes to. Whoever waits for long waits again when the server has not answered. */
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
/** Temporal's word for a run whose workers have died in several tasks on end. */
const failedPrecondition = 9;

function mayPass(error: unknown): boolean {
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return true;
  const cause = error instanceof Error ? error.cause : undefined;
  return isGrpcServiceError(cause) && [deadlineExceeded, failedPrecondition].includes(cause.code);
}
