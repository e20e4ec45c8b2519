import { setTimeout as pause } from 'node:timers/promises';
import type { TemporalSettings } from '@longhaul/client';
import { NativeConnection } from '@temporalio/worker';
import type { Logger } from 'pino';

const firstPauseMs = 250;
const longestPauseMs = 5_000;

/** Connects, and waits as long as the server is not up, because a worker may be started before the server. */
export async function connectPatiently(
  options: TemporalSettings['connection'],
  log: Logger,
  stopped: AbortSignal,
): Promise<NativeConnection> {
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    try {
      return await NativeConnection.connect(options);
    } catch (error) {
      stopped.throwIfAborted();
      log.warn(
        { address: options.address, retryInMs: pauseMs, why: (error as Error).message },
        'Temporal is not there yet',
      );
      await pause(pauseMs, undefined, { signal: stopped });
    }
  }
}
