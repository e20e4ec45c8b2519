import { createServer } from 'node:net';
import { makeTelemetryFilterString, Runtime, type RuntimeOptions } from '@temporalio/worker';
import type { Logger } from 'pino';
import { temporalLogger } from './log.ts';

/**
 * In seconds. The SDK's default buckets are too coarse to distinguish 200 ms from 500 ms, and end too low for alerts on slow tasks:
 * a quantile is never higher than the top bucket.
 */
const buckets = {
  workflow_task_schedule_to_start_latency: [0.005, 0.01, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 300],
  activity_schedule_to_start_latency: [0.005, 0.01, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 300, 3_600],
  workflow_task_execution_latency: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30],
  workflow_task_replay_latency: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30],
  activity_execution_latency: [0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300],
  local_activity_execution_latency: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 1.5, 5],
  longhaul_downstream_call_latency: [0.005, 0.01, 0.05, 0.1, 0.2, 0.5, 1, 1.5, 2, 5, 10],
  workflow_endtoend_latency: [0.05, 0.1, 0.5, 1, 5, 10, 60, 600, 3_600, 86_400, 604_800],
};

/** Installs the SDK's runtime, once per process. Returns the loopback address on which it serves its metrics. */
export async function installRuntime(log: Logger): Promise<{ metricsUrl: string; runtime: Runtime }> {
  const metricsPort = await freePort();
  const bindAddress = `127.0.0.1:${metricsPort}`;
  const options: RuntimeOptions = {
    logger: temporalLogger(log),
    // We handle SIGTERM ourselves, because the drain has its own order.
    shutdownSignals: [],
    telemetryOptions: {
      logging: { filter: makeTelemetryFilterString({ core: 'WARN', other: 'ERROR' }), forward: {} },
      metrics: {
        attachServiceName: false,
        prometheus: {
          bindAddress,
          // All three are off by default, but the documented queries need them.
          countersTotalSuffix: true,
          unitSuffix: true,
          useSecondsForDurations: true,
          histogramBucketOverrides: buckets,
        },
      },
    },
  };
  return { metricsUrl: `http://${bindAddress}/metrics`, runtime: Runtime.install(options) };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
