import { healthVariables, logLevel, url, variable, wholeNumber, type Values } from '@longhaul/process-kit';
import { z } from 'zod';

const slots = wholeNumber(1, 10_000).optional();

/** What every worker reads. The Temporal names are those that operators know from other workers. */
export const workerVariables = {
  TEMPORAL_ADDRESS: variable(z.string().default('127.0.0.1:7233'), 'host and port of the Temporal frontend'),
  TEMPORAL_NAMESPACE: variable(z.string().default('default'), 'namespace to work in; it has to exist'),
  TEMPORAL_API_KEY: variable(z.string().optional(), 'API key; with it the connection uses TLS'),
  TEMPORAL_TLS: variable(z.stringbool().default(false), 'true connects with TLS'),
  TEMPORAL_TLS_SERVER_NAME: variable(z.string().optional(), 'name to check the server certificate against'),
  TEMPORAL_TLS_CLIENT_CERT_PATH: variable(z.string().optional(), 'file with the client certificate, PEM'),
  TEMPORAL_TLS_CLIENT_KEY_PATH: variable(z.string().optional(), 'file with the client key, PEM'),
  TEMPORAL_TLS_SERVER_CA_CERT_PATH: variable(z.string().optional(), 'file with the server CA, PEM'),
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
