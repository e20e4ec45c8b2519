import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { NativeConnection, type NativeConnectionOptions } from '@temporalio/worker';
import type { Logger } from 'pino';
import type { WorkerEnvironment } from './worker-environment.ts';

const firstPauseMs = 250;
const longestPauseMs = 5_000;

/** Connects, however long the server takes to come up: a worker that starts first is not a broken worker. */
export async function connectPatiently(
  environment: WorkerEnvironment,
  log: Logger,
  stopped: AbortSignal,
): Promise<NativeConnection> {
  const options = await connectionOptions(environment);
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    try {
      return await NativeConnection.connect(options);
    } catch (error) {
      stopped.throwIfAborted();
      log.warn(
        { address: environment.TEMPORAL_ADDRESS, retryInMs: pauseMs, why: (error as Error).message },
        'Temporal is not there yet',
      );
      await pause(pauseMs, undefined, { signal: stopped });
    }
  }
}

async function connectionOptions(environment: WorkerEnvironment): Promise<NativeConnectionOptions> {
  const { TEMPORAL_ADDRESS: address, TEMPORAL_API_KEY: apiKey, TEMPORAL_TLS_SERVER_NAME: serverName } = environment;
  const [certificate, key, authority] = await Promise.all(
    [
      environment.TEMPORAL_TLS_CLIENT_CERT_PATH,
      environment.TEMPORAL_TLS_CLIENT_KEY_PATH,
      environment.TEMPORAL_TLS_SERVER_CA_CERT_PATH,
    ].map(async (path) => (path === undefined ? undefined : readFile(path))),
  );
  const wanted = environment.TEMPORAL_TLS || apiKey !== undefined || certificate !== undefined;
  const tls = wanted && {
    ...(serverName !== undefined && { serverNameOverride: serverName }),
    ...(authority && { serverRootCACertificate: authority }),
    ...(certificate && key && { clientCertPair: { crt: certificate, key } }),
  };
  return { address, tls, ...(apiKey !== undefined && { apiKey }) };
}
