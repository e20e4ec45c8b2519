import protos from '@temporalio/proto';
import type { NativeConnection, Worker } from '@temporalio/worker';

const { TASK_QUEUE_TYPE_ACTIVITY, TASK_QUEUE_TYPE_WORKFLOW } = protos.temporal.api.enums.v1.TaskQueueType;
const answerWithinMs = 1_000;
const rememberForMs = 1_000;

export interface PollerOf {
  readonly connection: NativeConnection;
  readonly worker: Worker;
  readonly namespace: string;
  readonly queue: string;
  readonly identity: string;
  readonly runsWorkflows: boolean;
}

/**
 * Ready means: running, and the server lists this very process as a poller of its queue. The worker's own state cannot
 * tell: it stays "running" when the server is gone. An idle worker is a ready one.
 */
export function readinessOf(poller: PollerOf): () => Promise<string | undefined> {
  const { connection, worker, namespace, queue, identity } = poller;
  const taskQueueType = poller.runsWorkflows ? TASK_QUEUE_TYPE_WORKFLOW : TASK_QUEUE_TYPE_ACTIVITY;
  let remembered: { at: number; problem: string | undefined } | undefined;

  const look = async (): Promise<string | undefined> => {
    if (worker.getState() !== 'RUNNING') return `the worker is ${worker.getState().toLowerCase()}`;
    try {
      const { pollers } = await connection.withDeadline(Date.now() + answerWithinMs, () =>
        connection.workflowService.describeTaskQueue({ namespace, taskQueue: { name: queue }, taskQueueType }),
      );
      return pollers?.some((listed) => listed.identity === identity)
        ? undefined
        : `Temporal does not list this process as a poller of the queue [${queue}]`;
    } catch (error) {
      return `Temporal does not answer (${(error as Error).message})`;
    }
  };

  return async () => {
    if (!remembered || Date.now() - remembered.at > rememberForMs)
      remembered = { at: Date.now(), problem: await look() };
    return remembered.problem;
  };
}
