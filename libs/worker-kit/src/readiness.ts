import protos from '@temporalio/proto';
import type { NativeConnection } from '@temporalio/worker';
import type { QueueWorker } from './create-workers.ts';

const { TASK_QUEUE_TYPE_ACTIVITY, TASK_QUEUE_TYPE_WORKFLOW } = protos.temporal.api.enums.v1.TaskQueueType;
const answerWithinMs = 1_000;
const rememberForMs = 1_000;

export interface Pollers {
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly identity: string;
  readonly workers: readonly QueueWorker[];
}

/**
 * Ready means: running, and listed by the server as a poller of each of its queues. The worker's own state is not enough, because
 * it stays "running" while the server is down. An idle worker is ready.
 */
export function readinessOf({ connection, namespace, identity, workers }: Pollers): () => Promise<string | undefined> {
  let remembered: { at: number; problem: string | undefined } | undefined;

  const stopped = (): string | undefined => {
    const state = workers.map(({ worker }) => worker.getState()).find((each) => each !== 'RUNNING');
    return state && `the worker is ${state.toLowerCase()}`;
  };
  const lookAt = async ({ queue, runsWorkflows }: QueueWorker): Promise<string | undefined> => {
    const taskQueueType = runsWorkflows ? TASK_QUEUE_TYPE_WORKFLOW : TASK_QUEUE_TYPE_ACTIVITY;
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
  const look = async (): Promise<string | undefined> =>
    (await Promise.all(workers.map(lookAt))).find((problem) => problem !== undefined);

  // The server's answer is cached for a moment; that a worker drains is visible at once.
  return async () => {
    const problem = stopped();
    if (problem !== undefined) return problem;
    if (!remembered || Date.now() - remembered.at > rememberForMs)
      remembered = { at: Date.now(), problem: await look() };
    return stopped() ?? remembered.problem;
  };
}
