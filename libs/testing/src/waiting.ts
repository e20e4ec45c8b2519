import { setTimeout as pause } from 'node:timers/promises';
import { statusQuery, type RunStatus } from '@longhaul/contracts';
import { Client, type WorkflowHandle, type WorkflowResultType, type Workflow } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';

type Asked = Pick<WorkflowHandle, 'query' | 'workflowId'>;

const lookEveryMs = 20;
const skipMs = 30_000;
const mostLooks = 400;

/** The run's own answer to "how far are you?". */
export function statusOf(run: Asked): Promise<RunStatus> {
  return run.query<RunStatus>(statusQuery);
}

/**
 * Lets time pass, half a minute at a look, until the run says so. Not by waiting for its result: for a parked run the
 * time-skipping server would skip on to the end of all its timeouts.
 */
export async function until(
  environment: TestWorkflowEnvironment,
  run: Asked,
  reached: (status: RunStatus) => boolean,
): Promise<RunStatus> {
  for (let look = 1; ; look += 1) {
    const status = await statusOf(run);
    if (reached(status)) return status;
    if (look === mostLooks || status.state === 'finished') {
      throw new Error(`The run never came to that point [${run.workflowId}]: ${JSON.stringify(status)}`);
    }
    await pause(lookEveryMs);
    if (environment.supportsTimeSkipping) await environment.sleep(skipMs);
  }
}

const restWithinMs = 60_000;
/** Where time cannot be skipped, looking more often only takes the machine from those who are waited for. */
const lookInRealTimeEveryMs = 150;
const longestSkipMs = 12 * 3_600_000;

/** Lets time pass until the run has ended or waits for a person: longer and longer, for a run that waits for days. */
export async function untilAtRest(
  run: Pick<WorkflowHandle, 'query' | 'describe' | 'workflowId'>,
  environment?: TestWorkflowEnvironment,
): Promise<void> {
  const giveUpAt = Date.now() + restWithinMs;
  for (let passMs = 1_000; ; passMs = Math.min(passMs * 2, longestSkipMs)) {
    if ((await run.describe()).status.name !== 'RUNNING') return;
    const status = await statusOf(run);
    if (isParked(status)) return;
    if (Date.now() > giveUpAt) {
      throw new Error(`The run has not come to rest [${run.workflowId}]: ${JSON.stringify(status)}`);
    }
    if (environment?.supportsTimeSkipping) {
      await pause(lookEveryMs);
      await environment.sleep(passMs);
    } else {
      await pause(lookInRealTimeEveryMs);
    }
  }
}

/**
 * The run's outcome, with no time skipped. `run.result()` lets the time-skipping server run on, past timeouts that have
 * long been met: after a ride of a minute it may be days later.
 */
export function outcomeWithoutSkipping<Story extends Workflow>(
  { connection }: TestWorkflowEnvironment,
  { workflowId }: WorkflowHandle<Story>,
): Promise<WorkflowResultType<Story>> {
  return new Client({ connection }).workflow.getHandle<Story>(workflowId).result();
}

export const isParked = ({ state }: RunStatus): boolean => state === 'parked';
