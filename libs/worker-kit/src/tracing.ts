import type { Logger } from 'pino';
import type { Tracing } from './open-telemetry.ts';

/** Loads OpenTelemetry only if an endpoint is set, so that other workers start faster. */
export async function startTracing(
  service: string,
  endpoint: string | undefined,
  log: Logger,
): Promise<Tracing | undefined> {
  if (endpoint === undefined) return undefined;
  const { createTracing } = await import('./open-telemetry.ts');
  return createTracing(service, endpoint, log);
}
