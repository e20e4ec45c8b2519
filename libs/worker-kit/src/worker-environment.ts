import { healthVariables, logLevel, url, variable, wholeNumber, type Values } from '@longhaul/process-kit';

const slots = wholeNumber(1, 10_000).optional();

/** The variables of every worker, without those of the connection to Temporal, which the client package reads. */
export const workerVariables = {
  TEMPORAL_MAX_CONCURRENT_ACTIVITIES: variable(slots, 'activities at a time; default 100'),
  TEMPORAL_MAX_CONCURRENT_LOCAL_ACTIVITIES: variable(slots, 'local activities at a time; default 100'),
  TEMPORAL_MAX_CONCURRENT_WORKFLOWS: variable(slots, 'workflow tasks at a time; default 40'),
  TEMPORAL_MAX_CACHED_WORKFLOWS: variable(
    wholeNumber(0, 100_000).optional(),
    'workflows kept in memory; default by the heap limit; 0 replays each task',
  ),
  TEMPORAL_STICKY_TIMEOUT_MS: variable(
    wholeNumber(100, 600_000).default(10_000),
    'milliseconds that a run waits for the worker that has it in memory before any other may take it',
  ),
  TEMPORAL_LOG_LEVEL: variable(logLevel, 'least level that is logged'),
  ...healthVariables,
  SHUTDOWN_GRACE_SECONDS: variable(
    wholeNumber(0, 3_600).default(20),
    'seconds that running activities get on SIGTERM; keep it 10 below terminationGracePeriodSeconds',
  ),
  OTEL_EXPORTER_OTLP_ENDPOINT: variable(url.optional(), 'OTLP/HTTP endpoint for traces; without it there are none'),
} as const;

export type WorkerEnvironment = Values<typeof workerVariables>;
