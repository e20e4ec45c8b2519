import { hostname } from 'node:os';
import { Client } from '@temporalio/client';
import { connectionFromEnvironment, type TemporalSettings } from '@longhaul/client';
import {
  readByLibrary,
  runProcess,
  serveHealth,
  type Running,
  type Values,
  type Variables,
} from '@longhaul/process-kit';
import { connectPatiently } from './connect.ts';
import { createWorkers, type QueueWorker } from './create-workers.ts';
import { ofKnownTypes } from './known-types.ts';
import { observer } from './metrics.ts';
import { readinessOf } from './readiness.ts';
import { runUntilStopped } from './run-until-stopped.ts';
import { installRuntime } from './runtime.ts';
import { checkNamespace, checkSearchAttributes } from './start-up.ts';
import { startTracing } from './tracing.ts';
import type { WorkerApp } from './worker-app.ts';
import { workerVariables, type WorkerEnvironment } from './worker-environment.ts';

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

  let workers: readonly QueueWorker[] = [];
  let ready: () => Promise<string | undefined> = () => Promise.resolve('not connected to Temporal yet');
  const health = await serveHealth(environment, {
    metrics: () => metricsFrom(metricsUrl),
    dead: () => (haveStopped(workers) ? 'the worker has stopped' : undefined),
    unready: () => ready(),
  });
  log.info({ healthPort: health.port }, 'Health and metrics are served');

  try {
    const connection = await connectPatiently(reachedBy, log, stop);
    await checkNamespace(connection, namespace);
    if (app.workflows) await checkSearchAttributes(connection, namespace);
    const kit = { client: new Client({ connection, namespace }), observe: observer(runtime.metricMeter) };
    const identity = `${process.pid}@${hostname()}/${app.name}`;
    workers = await createWorkers(app, environment, { connection, namespace, identity }, kit, tracing);
    ready = readinessOf({ connection, namespace, identity, workers });
    log.info({ queues: workers.map(({ queue }) => queue), namespace, identity }, 'Polling');
    await runUntilStopped(
      workers.map(({ worker }) => worker),
      stop,
      log,
    );
    await connection.close();
  } catch (error) {
    // Being stopped while waiting for the server is no error.
    if (!stop.aborted || workers.length > 0) throw error;
  } finally {
    health.close();
    await tracing?.flush();
  }
}

/** Whether all workers have stopped. A worker that has drained waits for the others. */
function haveStopped(workers: readonly QueueWorker[]): boolean {
  const states = workers.map(({ worker }) => worker.getState());
  return states.includes('FAILED') || (states.length > 0 && states.every((state) => state === 'STOPPED'));
}

/** Reads the metrics that the SDK's runtime serves. */
async function metricsFrom(url: string): Promise<string> {
  const metrics = await fetch(url, { signal: AbortSignal.timeout(5_000) });
  if (!metrics.ok) throw new Error(`The SDK's metrics could not be read [${metrics.status}]`);
  return ofKnownTypes(await metrics.text());
}
