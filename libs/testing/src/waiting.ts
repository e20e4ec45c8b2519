import { setTimeout as pause } from 'node:timers/promises';
import { statusQuery, type RunStatus } from '@longhaul/contracts';
import type { WorkflowHandle } from '@temporalio/client';

const pollEveryMs = 25;

/** The run's own answer to "how far are you?". */
export function statusOf(run: Pick<WorkflowHandle, 'query'>): Promise<RunStatus> {
  return run.query<RunStatus>(statusQuery);
}

/**
 * Waits until the run says so. The wait for its result is under way meanwhile, because only that makes the time-skipping
 * server skip; a run that ends first is handed to `reached` one last time.
 */
export async function until(
  run: Pick<WorkflowHandle, 'query' | 'result' | 'workflowId'>,
  reached: (status: RunStatus) => boolean,
): Promise<RunStatus> {
  let ended = false;
  const skipping = run.result().then(
    () => (ended = true),
    () => (ended = true),
  );
  for (;;) {
    const last = ended;
    const status = await statusOf(run);
    if (reached(status)) return status;
    if (last) {
      await skipping;
      throw new Error(`The run ended first [${run.workflowId}]: ${JSON.stringify(status)}`);
    }
    await pause(pollEveryMs);
  }
}

export const isParked = ({ state }: RunStatus): boolean => state === 'parked';
