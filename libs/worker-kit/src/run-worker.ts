import { hostname } from 'node:os';
import { Client } from '@temporalio/client';
import { Worker, type NativeConnection, type WorkerOptions } from '@temporalio/worker';
import { connectionFromEnvironment, type TemporalSettings } from '@longhaul/client';
import {
  readByLibrary,
  runProcess,
  serveHealth,
  type Running,
  type Values,
  type Variables,
} from '@longhaul/process-kit';
import type { CallObservation } from '@longhaul/service-clients';
import type { Logger } from 'pino';
import { connectPatiently } from './connect.ts';
import { stepInterceptors } from './interceptors.ts';
import { ofKnownTypes } from './known-types.ts';
import { observer } from './metrics.ts';
import { readinessOf } from './readiness.ts';
import { installRuntime } from './runtime.ts';
import { checkNamespace, checkSearchAttributes, readBundle } from './start-up.ts';
import { startTracing, type Tracing } from './tracing.ts';
import { workerVariables, type WorkerEnvironment } from './worker-environment.ts';

/** What a worker hands to its activities. */
export interface Kit {
  readonly log: Logger;
  /** For activities that talk to other runs. */
  readonly client: Client;
  /** Counts and times the calls to downstream services. */
  readonly observe: (call: CallObservation) => void;
}

/** All that tells one worker from another. */
export interface WorkerApp<V extends Variables> {
  readonly name: string;
  readonly queue: string;
  readonly variables: V;
  /** The prebuilt workflows, beside the built `main.js`. Left out by a worker that only does activities. */
  readonly workflows?: { readonly bundle: URL; readonly tracedBundle: URL };
  readonly activities: (environment: Values<V> & WorkerEnvironment, kit: Kit) => object;
}

/** A drain that takes longer than its grace by this much is given up. */
const forceAfterGraceSeconds = 5;

/** Runs a worker until SIGTERM or SIGINT, then drains it. The process ends with this call. */
export function runWorker<V extends Variables>(app: WorkerApp<V>): Promise<never> {
  return runProcess<V & typeof workerVariables>({
    name: app.name,
    variables: { ...workerVariables, ...app.variables },
    byLibraries: temporalIn,
    level: ({ TEMPORAL_LOG_LEVEL }) => TEMPORAL_LOG_LEVEL,
    serve: (environment, running) => serve(app, environment, running),
  });
}

const temporalIn = (given: NodeJS.ProcessEnv): TemporalSettings =>
  readByLibrary('The TEMPORAL_ variables', () => connectionFromEnvironment(given));

async function serve<V extends Variables>(
  app: WorkerApp<V>,
  environment: WorkerEnvironment & Values<V>,
  { log, stop, given }: Running,
): Promise<void> {
  const { connection: reachedBy, namespace } = temporalIn(given);
  const { metricsUrl, runtime } = await installRuntime(log);
  const tracing = await startTracing(app.name, environment.OTEL_EXPORTER_OTLP_ENDPOINT, log);

  let worker: Worker | undefined;
  let ready: () => Promise<string | undefined> = () => Promise.resolve('not connected to Temporal yet');
  const health = await serveHealth(environment, {
    metrics: () => metricsFrom(metricsUrl),
    dead: () => (worker && ['FAILED', 'STOPPED'].includes(worker.getState()) ? 'the worker has stopped' : undefined),
    unready: () => ready(),
  });
  log.info({ healthPort: health.port }, 'Health and metrics are served');

  try {
    const connection = await connectPatiently(reachedBy, log, stop);
    await checkNamespace(connection, namespace);
    if (app.workflows) await checkSearchAttributes(connection, namespace);
    const kit = { log, client: new Client({ connection, namespace }), observe: observer(runtime.metricMeter) };
    const identity = `${process.pid}@${hostname()}/${app.name}`;
    worker = await createWorker(app, environment, { connection, namespace, identity }, kit, tracing);
    ready = readinessOf({ connection, worker, namespace, queue: app.queue, identity, runsWorkflows: !!app.workflows });
    log.info({ queue: app.queue, namespace, identity }, 'Polling');
    await runUntilStopped(worker, stop, log);
    await connection.close();
  } catch (error) {
    // A stop while we were still waiting for the server is an orderly end.
    if (!stop.aborted || worker) throw error;
  } finally {
    health.close();
    await tracing?.flush();
  }
}

async function createWorker<V extends Variables>(
  app: WorkerApp<V>,
  environment: WorkerEnvironment & Values<V>,
  at: { readonly connection: NativeConnection; readonly namespace: string; readonly identity: string },
  kit: Kit,
  tracing: Tracing | undefined,
): Promise<Worker> {
  const bundle = app.workflows && (tracing ? app.workflows.tracedBundle : app.workflows.bundle);
  const grace = environment.SHUTDOWN_GRACE_SECONDS;
  const options: WorkerOptions = {
    ...at,
    taskQueue: app.queue,
    activities: app.activities(environment, kit),
    ...(bundle && { workflowBundle: { code: await readBundle(bundle) } }),
    interceptors: { activity: [stepInterceptors, ...(tracing?.activityInterceptors ?? [])] },
    ...(tracing && { sinks: tracing.sinks }),
    shutdownGraceTime: `${grace} seconds`,
    shutdownForceTime: `${grace + forceAfterGraceSeconds} seconds`,
    maxConcurrentActivityTaskExecutions: environment.TEMPORAL_MAX_CONCURRENT_ACTIVITIES ?? 100,
    maxConcurrentLocalActivityExecutions: environment.TEMPORAL_MAX_CONCURRENT_LOCAL_ACTIVITIES ?? 100,
    maxConcurrentWorkflowTaskExecutions: environment.TEMPORAL_MAX_CONCURRENT_WORKFLOWS ?? 40,
    workflowTaskPollerBehavior: { type: 'autoscaling' },
    activityTaskPollerBehavior: { type: 'autoscaling' },
    stickyQueueScheduleToStartTimeout: environment.TEMPORAL_STICKY_TIMEOUT_MS,
    ...(environment.TEMPORAL_MAX_CACHED_WORKFLOWS !== undefined && {
      maxCachedWorkflows: environment.TEMPORAL_MAX_CACHED_WORKFLOWS,
    }),
  };
  return Worker.create(options);
}

async function runUntilStopped(worker: Worker, stop: AbortSignal, log: Logger): Promise<void> {
  const shutDown = (): void => {
    log.info('Draining: no new work, what runs may finish');
    worker.shutdown();
  };
  const running = worker.run();
  if (stop.aborted) shutDown();
  else stop.addEventListener('abort', shutDown, { once: true });
  await running;
}

/** Where the SDK's own runtime serves them. */
async function metricsFrom(url: string): Promise<string> {
  const metrics = await fetch(url, { signal: AbortSignal.timeout(5_000) });
  if (!metrics.ok) throw new Error(`The SDK's metrics are not to be had [${metrics.status}]`);
  return ofKnownTypes(await metrics.text());
}
