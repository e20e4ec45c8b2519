import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { msToTs, tsToMs } from '@temporalio/common/lib/time.js';
import type protos from '@temporalio/proto';

const lookEveryMs = 5;
const movedWithinMs = 20_000;

/** Moves the clock of one run by exactly this time. Timers that are due on the way fire. */
export async function passTime(client: Client, workflowId: string, ms: number): Promise<void> {
  const target = (await timeOf(client, workflowId)) + ms;
  await setSkipping(client, workflowId, {
    enabled: true,
    fastForwardConfig: { id: randomUUID(), duration: msToTs(ms) },
  });
  const giveUpAt = Date.now() + movedWithinMs;
  while ((await timeOf(client, workflowId)) < target) {
    if (Date.now() > giveUpAt)
      throw new Error(`The run's clock does not move: something of it is in flight [${workflowId}]`);
    await pause(lookEveryMs);
  }
}

/** Switches on or off that the run skips to its next timer whenever it has no activity or task in progress. */
export async function skipTime(client: Client, workflowId: string, enabled = true): Promise<void> {
  await setSkipping(client, workflowId, { enabled });
}

/** The time in a run, in milliseconds since 1970. */
export async function timeOf(client: Client, workflowId: string): Promise<number> {
  const { raw } = await client.workflow.getHandle(workflowId).describe();
  const { currentTime } = raw.workflowExtendedInfo?.timeSkippingInfo ?? {};
  return currentTime ? tsToMs(currentTime) : Date.now();
}

async function setSkipping(
  { connection, options: { namespace } }: Client,
  workflowId: string,
  timeSkippingConfig: protos.temporal.api.common.v1.ITimeSkippingConfig,
): Promise<void> {
  await connection.workflowService.updateWorkflowExecutionOptions({
    namespace,
    workflowExecution: { workflowId },
    workflowExecutionOptions: { timeSkippingConfig },
    updateMask: { paths: ['time_skipping_config'] },
  });
}
