import { setTimeout as pause } from 'node:timers/promises';
import { searchAttributes } from '@longhaul/testing/servers';
import { Client, Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import protos from '@temporalio/proto';
import type { Started } from '../started.ts';

const { INDEXED_VALUE_TYPE_KEYWORD } = protos.temporal.api.enums.v1.IndexedValueType;
const { TASK_QUEUE_TYPE_ACTIVITY, TASK_QUEUE_TYPE_WORKFLOW } = protos.temporal.api.enums.v1.TaskQueueType;
const knownWithinMs = 30_000;
const polledWithinMs = 60_000;

/** A separate namespace for each contestant, so that they share only the server. */
export async function openNamespace(address: string, namespace: string, started: Started): Promise<Client> {
  const connection = await Connection.connect({ address });
  started.onStop(() => connection.close());
  await connection.workflowService.registerNamespace({
    namespace,
    workflowExecutionRetentionPeriod: msToTs('1 day'),
  });
  const attributes = Object.keys(searchAttributes).map((name) => [name, INDEXED_VALUE_TYPE_KEYWORD]);
  // The server's services see a new namespace and its search attributes one after another.
  await retried(`the namespace ${namespace}`, knownWithinMs, async () => {
    await connection.operatorService.addSearchAttributes({
      namespace,
      searchAttributes: Object.fromEntries(attributes) as Record<string, protos.temporal.api.enums.v1.IndexedValueType>,
    });
    return true;
  });
  await retried(`the search attributes of ${namespace}`, knownWithinMs, async () => {
    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
    return Object.keys(searchAttributes).every((name) => name in (customAttributes ?? {}));
  });
  return new Client({ connection, namespace });
}

export interface Poller {
  readonly queue: string;
  readonly pid: number;
  readonly runsWorkflows: boolean;
  /** Other workers poll this queue, too, and may be the only ones on the partition that the server shows by default. */
  readonly amongOthers?: boolean;
}

/** Whether the server lists this process as a poller of its queue, independently of what the worker says. */
async function isPolling(client: Client, { queue, pid, runsWorkflows, amongOthers }: Poller): Promise<boolean> {
  const { namespace } = client.options;
  const pollersOf = async (name: string) => {
    const { pollers } = await client.workflowService.describeTaskQueue({
      namespace,
      taskQueue: { name },
      taskQueueType: runsWorkflows ? TASK_QUEUE_TYPE_WORKFLOW : TASK_QUEUE_TYPE_ACTIVITY,
    });
    return pollers;
  };
  const names = amongOthers ? await partitionsOf(client, queue) : [queue];
  const pollers = (await Promise.all(names.map(pollersOf))).flat();
  return pollers.some(({ identity }) => identity?.startsWith(`${pid}@`));
}

async function partitionsOf(client: Client, queue: string): Promise<string[]> {
  const { namespace } = client.options;
  const answer = await client.workflowService.listTaskQueuePartitions({ namespace, taskQueue: { name: queue } });
  return answer.workflowTaskQueuePartitions.map(({ key }) => key ?? queue);
}

export function untilPolling(client: Client, poller: Poller, lookAgainMs = 100): Promise<void> {
  return retried(`the worker on queue ${poller.queue}`, polledWithinMs, () => isPolling(client, poller), lookAgainMs);
}

async function retried(what: string, withinMs: number, look: () => Promise<boolean>, lookAgainMs = 200): Promise<void> {
  const giveUpAt = Date.now() + withinMs;
  for (;;) {
    const seen = await look().catch((error: unknown) => {
      if (Date.now() > giveUpAt) throw error;
      return false;
    });
    if (seen) return;
    if (Date.now() > giveUpAt) throw new Error(`The server does not know ${what} after ${withinMs / 1_000} s`);
    await pause(lookAgainMs);
  }
}

export async function serverVersion(client: Client): Promise<string> {
  const { serverVersion: version } = await client.workflowService.getSystemInfo({});
  return version;
}
