import { setTimeout as pause } from 'node:timers/promises';
import { statusQuery, type RunStatus } from '@longhaul/contracts';
import { isGrpcServiceError, ServiceError, type WorkflowHandle } from '@temporalio/client';
import { inOtherModes } from './run-modes.ts';

type Asked = Pick<WorkflowHandle, 'query' | 'workflowId'>;

const lookEveryMs = 20;
const withinMs = 60_000;

/** The run's own answer to "how far are you?". A run that has its first task still to come is asked again. */
export async function statusOf(run: Asked): Promise<RunStatus> {
  const giveUpAt = Date.now() + withinMs;
  for (;;) {
    try {
      return await run.query<RunStatus>(statusQuery);
    } catch (error) {
      if (!mayBeAskedAgain(error) || Date.now() > giveUpAt) throw error;
    }
    await pause(lookEveryMs);
  }
}

/** Its first task is still to come; or the worker keeps no run in its cache, and the SDK has lost the question. */
function mayBeAskedAgain(error: unknown): boolean {
  const cause = error instanceof ServiceError ? error.cause : undefined;
  if (!isGrpcServiceError(cause)) return false;
  return cause.details.includes('not scheduled yet') || (inOtherModes && cause.details.includes('query timed out'));
}

/** Waits until the run says so. */
export async function until(run: Asked, reached: (status: RunStatus) => boolean): Promise<RunStatus> {
  const giveUpAt = Date.now() + withinMs;
  for (;;) {
    const status = await statusOf(run);
    if (reached(status)) return status;
    if (Date.now() > giveUpAt || status.state === 'finished') {
      throw new Error(`The run never came to that point [${run.workflowId}]: ${JSON.stringify(status)}`);
    }
    await pause(lookEveryMs);
  }
}

/** Waits until the run has ended or waits for a person. */
export async function untilAtRest(run: Pick<WorkflowHandle, 'query' | 'describe' | 'workflowId'>): Promise<void> {
  const giveUpAt = Date.now() + withinMs;
  for (;;) {
    if ((await run.describe()).status.name !== 'RUNNING') return;
    const status = await statusOf(run);
    if (isParked(status)) return;
    if (Date.now() > giveUpAt) {
      throw new Error(`The run has not come to rest [${run.workflowId}]: ${JSON.stringify(status)}`);
    }
    await pause(lookEveryMs);
  }
}

export const isParked = ({ state }: RunStatus): boolean => state === 'parked';
