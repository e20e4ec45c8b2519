import { setTimeout as pause } from 'node:timers/promises';
import { statusQuery, type RunStatus } from '@longhaul/contracts';
import { isGrpcServiceError, ServiceError, type WorkflowHandle } from '@temporalio/client';
import { inOtherModes } from './run-modes.ts';

type Asked = Pick<WorkflowHandle, 'query' | 'workflowId'>;

const lookEveryMs = 20;
/** A worker without a cache answers within this time, or the SDK has lost the query. */
const lostAfterMs = 3_000;
const withinMs = 60_000;

/** Queries the status of a run. Retries while the run has not had its first task. */
export async function statusOf(run: Asked): Promise<RunStatus> {
  const giveUpAt = Date.now() + withinMs;
  for (;;) {
    try {
      const status = await asked(run);
      if (status) return status;
    } catch (error) {
      if (!mayBeAskedAgain(error)) throw error;
    }
    if (Date.now() > giveUpAt) throw new Error(`The run does not say its status [${run.workflowId}]`);
    await pause(lookEveryMs);
  }
}

/** Undefined: the worker has no cache, and the SDK has lost the query. */
async function asked(run: Asked): Promise<RunStatus | undefined> {
  const answer = run.query<RunStatus>(statusQuery);
  if (!inOtherModes) return answer;
  // Nobody waits for its failure when it has been given up.
  answer.catch(() => undefined);
  return Promise.race([answer, pause(lostAfterMs).then(() => undefined)]);
}

/** The run has not had its first task. */
function mayBeAskedAgain(error: unknown): boolean {
  const cause = error instanceof ServiceError ? error.cause : undefined;
  return isGrpcServiceError(cause) && cause.details.includes('not scheduled yet');
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
