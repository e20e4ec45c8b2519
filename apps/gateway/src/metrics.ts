import { LonghaulError } from '@longhaul/client';
import { createMetrics, type Metrics } from '@longhaul/process-kit';
import type { CallObservation } from '@longhaul/service-clients';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { refusalIn } from './http/problem.ts';
import type { LonghaulClient } from './routes/route.ts';

/** Seconds. A long poll takes up to 30, a start that waits for a worker up to 15. */
const buckets = [0.005, 0.01, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30];

export interface GatewayMetrics extends Pick<Metrics, 'text'> {
  /** Counts and times every answer of the server. */
  watch(app: FastifyInstance): void;
  /** The same client, with each call timed. */
  timed(longhaul: LonghaulClient): LonghaulClient;
  /** Called for each call to a service. */
  readonly observe: (call: CallObservation) => void;
}

export function gatewayMetrics(): GatewayMetrics {
  const metrics = createMetrics();
  const answers = metrics.histogram('longhaul_http_request_duration_seconds', 'Answers of the HTTP API', buckets);
  const refusals = metrics.counter('longhaul_http_refusals_total', 'Answers that were problems, by their code');
  const calls = metrics.histogram('longhaul_temporal_call_duration_seconds', 'Calls to Temporal', buckets);
  const services = metrics.histogram(
    'longhaul_downstream_call_latency_seconds',
    'Calls to downstream services',
    buckets,
  );

  async function time<T>(call: string, work: () => Promise<T>): Promise<T> {
    const startedAt = performance.now();
    const end = (outcome: string) => calls.observe({ call, outcome }, (performance.now() - startedAt) / 1_000);
    try {
      const answer = await work();
      end('ok');
      return answer;
    } catch (error) {
      // The name and not the code, which a service may have chosen: labels must have few values.
      end(error instanceof LonghaulError ? error.name : 'Error');
      throw error;
    }
  }

  return {
    text: () => metrics.text(),
    watch(app) {
      app.addHook('onResponse', (request, reply, done) => {
        const { method, route } = templateOf(request);
        answers.observe({ method, route, status: String(reply.statusCode) }, reply.elapsedTime / 1_000);
        const code = refusalIn(reply);
        if (code !== undefined) refusals.add({ method, route, code });
        done();
      });
    },
    timed: (longhaul) => ({
      start: (...given) => time('start', () => longhaul.start(...given)),
      startWithUpdate: (...given) => time('startWithUpdate', () => longhaul.startWithUpdate(...given)),
      check: (...given) => time('check', () => longhaul.check(...given)),
      handle(contract, workflowId) {
        const run = longhaul.handle(contract, workflowId);
        return {
          ...run,
          signal: (...given) => time('signal', () => run.signal(...given)),
          update: (...given) => time('update', () => run.update(...given)),
          status: (...given) => time('status', () => run.status(...given)),
          describe: (...given) => time('describe', () => run.describe(...given)),
          result: (...given) => time('result', () => run.result(...given)),
        };
      },
    }),
    observe: ({ service, route, status, durationMs }) =>
      services.observe({ service, route, status }, durationMs / 1_000),
  };
}

/** Unknown paths and methods share one series, so that callers cannot create new ones. */
function templateOf({ method, routeOptions: { url } }: FastifyRequest): {
  readonly method: string;
  readonly route: string;
} {
  return url === undefined ? { method: 'any', route: 'none' } : { method, route: url };
}
