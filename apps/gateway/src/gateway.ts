import rateLimit from '@fastify/rate-limit';
import {
  fastify,
  LogController,
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import type { Authenticate, Caller } from './access/authenticate.ts';
import type { RecordOwners } from './access/owner.ts';
import { serveDocs } from './docs/serve-docs.ts';
import { healthRoutes } from './health.ts';
import { correlationHeader, correlationIdOf } from './http/correlation.ts';
import { answerWithProblem } from './http/errors.ts';
import type { GatewayMetrics } from './metrics.ts';
import { refuseOtherMethods } from './http/methods.ts';
import { comeAgain, notFound } from './http/problem.ts';
import type { PublishPayment } from './publish-payment.ts';
import { routes } from './routes/index.ts';
import type { House, LonghaulClient, Route } from './routes/route.ts';
import { paystackWebhookPath, paystackWebhookRoute, type PaystackWebhooks } from './webhooks/paystack.ts';

export interface GatewayOptions {
  readonly longhaul: LonghaulClient;
  readonly authenticate: Authenticate;
  readonly recordOwners: RecordOwners;
  readonly publishPayment?: PublishPayment | undefined;
  /** Where Paystack's webhooks go. Undefined: they are not taken here. */
  readonly paystack?: PaystackWebhooks | undefined;
  readonly log: FastifyBaseLogger;
  /** False refuses starts, and then Temporal need not be there for the gateway to be ready. Default: true. */
  readonly enabled?: boolean;
  /** For each caller. Default: 600. */
  readonly requestsPerMinute?: number;
  /** Default: 2,000. */
  readonly maxConnections?: number;
  /** Where answers are counted. Default: nowhere. */
  readonly metrics?: GatewayMetrics;
}

const bodyLimitBytes = 256 * 1_024;
const headersTimeoutMs = 10_000;
const requestTimeoutMs = 30_000;
const minuteMs = 60_000;

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller | undefined;
  }
}

/** The HTTP front door. What it cannot refuse by itself it hands to the client. */
export async function createGateway(options: GatewayOptions): Promise<FastifyInstance> {
  const app = fastify({
    loggerInstance: options.log,
    bodyLimit: bodyLimitBytes,
    requestTimeout: requestTimeoutMs,
    http: { headersTimeout: headersTimeoutMs },
    genReqId: correlationIdOf,
    logController: new LogController({ requestIdLogLabel: 'correlationId' }),
    exposeHeadRoutes: false,
    forceCloseConnections: 'idle',
    // No hook runs for a path that cannot be read.
    frameworkErrors: (error, request, reply) => void answerWithProblem(error, request, marked(request, reply)),
  });
  app.server.maxConnections = options.maxConnections ?? 2_000;
  app.decorateRequest('caller', undefined);
  options.metrics?.watch(app);
  app.setErrorHandler(answerWithProblem);
  app.setNotFoundHandler((_request, reply) => notFound().send(reply));
  app.addHook('onRequest', (request, reply, done) => {
    marked(request, reply);
    done();
  });
  const webhooks = options.paystack ? [{ method: 'POST', path: paystackWebhookPath }] : [];
  refuseOtherMethods(app, [...routes, ...webhooks]);
  acceptEmptyJson(app);

  // Long polls end when the process is asked to stop, so that draining does not wait for them.
  const stopping = new AbortController();
  app.addHook('preClose', (done) => {
    stopping.abort();
    done();
  });

  app.addHook('onSend', (_request, reply, payload, done) => {
    // A connection that is kept alive would keep the process alive.
    if (stopping.signal.aborted) reply.header('connection', 'close');
    // At a terminal, the next prompt begins on a line of its own.
    const isJson = /json/.test(String(reply.getHeader('content-type')));
    done(null, isJson && typeof payload === 'string' && !payload.endsWith('\n') ? `${payload}\n` : payload);
  });

  await serveDocs(app, routes);
  healthRoutes(app, options);
  if (options.paystack) await paystackWebhookRoute(app, options.longhaul, options.paystack);
  await app.register(async (api) => {
    api.addHook('onRequest', async (request, reply) => {
      reply.header('cache-control', 'no-store');
      request.caller = await options.authenticate(request.headers.authorization);
    });
    // Registered after the token check: the limit is on callers, and a token cannot be made up.
    await api.register(rateLimit, {
      max: options.requestsPerMinute ?? 600,
      timeWindow: minuteMs,
      keyGenerator: (request: FastifyRequest) => request.caller?.sub ?? request.ip,
      errorResponseBuilder: (_request, { ttl }) =>
        comeAgain('too-many-requests', 'This caller has used up its requests for now.', Math.ceil(ttl / 1_000)),
    });
    for (const route of routes) serve(api, route, { ...options, stopping: stopping.signal });
  });
  return app;
}

function serve(api: FastifyInstance, route: Route, house: House): void {
  api.route({
    method: route.method,
    url: route.path,
    handler: (request, reply) =>
      route.handle(
        house,
        {
          caller: request.caller!,
          correlationId: request.id,
          params: request.params as Record<string, string>,
          query: request.query,
          body: request.body,
          header: (name) => request.headers[name]?.toString(),
        },
        reply,
      ),
  });
}

function marked(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return reply.headers({ [correlationHeader]: request.id, 'x-content-type-options': 'nosniff' });
}

/** A body of no bytes is no body, whatever its header says: many clients always send the header. */
function acceptEmptyJson(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser(['application/json', 'text/plain']);
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, undefined);
    else void parse(request, body.toString(), done);
  });
}
