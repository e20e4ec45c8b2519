import type { ActivityInterceptorsFactory, WorkerOptions } from '@temporalio/worker';
import type { Logger } from 'pino';

/** Traces, when an endpoint is set. */
export interface Tracing {
  readonly activityInterceptors: readonly ActivityInterceptorsFactory[];
  readonly sinks: NonNullable<WorkerOptions['sinks']>;
  /** Sends what has not been sent. Traces that cannot be sent are logged as such and lost: work does not wait for them. */
  readonly flush: () => Promise<void>;
}

/** Loads OpenTelemetry only when it is wanted: a worker without an endpoint does not pay for it, not even at start. */
export async function startTracing(
  service: string,
  endpoint: string | undefined,
  log: Logger,
): Promise<Tracing | undefined> {
  if (endpoint === undefined) return undefined;
  const { createTracing } = await import('./open-telemetry.ts');
  return createTracing(service, endpoint, log);
}
