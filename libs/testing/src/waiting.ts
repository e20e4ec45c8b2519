import { setTimeout as pause } from 'node:timers/promises';
import { statusQuery, type RunStatus } from '@longhaul/contracts';
import { isGrpcServiceError, ServiceError, type WorkflowHandle } from '@temporalio/client';
import { inOtherModes } from './run-modes.ts';

type Asked = Pick<WorkflowHandle, 'query' | 'workflowId'>;

const lookEveryMs = 20;
const withinMs = 60_000;

/** Queries the status of a run. Retries while the run has not had its first task. */
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

/** The run has not had its first task; or the worker has no cache, and the SDK has lost the query. */
function mayBeAskedAgain(error: unknown): boolean {
  const cause = error instanceof ServiceError ? error.cause : undefined;
  if (!isGrpcServiceError(cause)) return false;
  return cause.details.includes('not scheduled yet') || (inOtherModes && cause.details.includes('query timed out'));
}

/** Waits until the run's status fulfils the condition. */
export async function until(run: Asked, reached: (status: RunStatus) => boolean): Promise<RunStatus> {
  const giveUpAt = Date.now() + withinMs;
  for (;;) {
    const status = await statusOf(run);
    if (reached(status)) return status;
    if (Date.now() > giveUpAt || status.state === 'finished') {
      throw new Error(`The run did not reach this status in time [${run.workflowId}]: ${JSON.stringify(status)}`);
    }
    await pause(lookEveryMs);
  }
}

/** Waits until the run has ended or is parked. */
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
