import { Worker, type NativeConnection, type WorkerOptions } from '@temporalio/worker';
import type { Values, Variables } from '@longhaul/process-kit';
import { stepInterceptors } from './interceptors.ts';
import type { Tracing } from './open-telemetry.ts';
import { readBundle } from './start-up.ts';
import type { Kit, WorkerApp } from './worker-app.ts';
import type { WorkerEnvironment } from './worker-environment.ts';

/** A queue and its worker in this process. */
export interface QueueWorker {
  readonly queue: string;
  readonly runsWorkflows: boolean;
  readonly worker: Worker;
}

/** After the grace and this time, the drain is aborted. */
const forceAfterGraceSeconds = 5;

/** Creates a worker for the app's main queue, and one for each further queue. */
export async function createWorkers<V extends Variables>(
  app: WorkerApp<V>,
  environment: WorkerEnvironment & Values<V>,
  at: { readonly connection: NativeConnection; readonly namespace: string; readonly identity: string },
  kit: Kit,
  tracing: Tracing | undefined,
): Promise<QueueWorker[]> {
  const grace = environment.SHUTDOWN_GRACE_SECONDS;
  const shared = {
    ...at,
    interceptors: { activity: [stepInterceptors, ...(tracing?.activityInterceptors ?? [])] },
    shutdownGraceTime: `${grace} seconds`,
    shutdownForceTime: `${grace + forceAfterGraceSeconds} seconds`,
    activityTaskPollerBehavior: { type: 'autoscaling' },
  } satisfies Partial<WorkerOptions>;
  const { queue, workflows, activityQueues = [] } = app;
  const main: WorkerOptions = {
    ...shared,
    taskQueue: queue,
    activities: app.activities(environment, kit),
    ...(workflows && {
      workflowBundle: { code: await readBundle(tracing ? workflows.tracedBundle : workflows.bundle) },
    }),
    ...(tracing && { sinks: tracing.sinks }),
    maxConcurrentActivityTaskExecutions: environment.TEMPORAL_MAX_CONCURRENT_ACTIVITIES ?? 100,
    maxConcurrentLocalActivityExecutions: environment.TEMPORAL_MAX_CONCURRENT_LOCAL_ACTIVITIES ?? 100,
    maxConcurrentWorkflowTaskExecutions: environment.TEMPORAL_MAX_CONCURRENT_WORKFLOWS ?? 40,
    workflowTaskPollerBehavior: { type: 'autoscaling' },
    stickyQueueScheduleToStartTimeout: environment.TEMPORAL_STICKY_TIMEOUT_MS,
    ...(environment.TEMPORAL_MAX_CACHED_WORKFLOWS !== undefined && {
      maxCachedWorkflows: environment.TEMPORAL_MAX_CACHED_WORKFLOWS,
    }),
  };
  const further = activityQueues.map(({ queue: taskQueue, slots, activities }): WorkerOptions => ({
    ...shared,
    taskQueue,
    activities: activities(environment, kit),
    maxConcurrentActivityTaskExecutions: slots(environment),
  }));
  return Promise.all(
    [main, ...further].map(async (options) => ({
      queue: options.taskQueue,
      runsWorkflows: options.workflowBundle !== undefined,
      worker: await Worker.create(options),
    })),
  );
}
