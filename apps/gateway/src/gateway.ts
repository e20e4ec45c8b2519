import {
  fastify,
  LogController,
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import { admitCallers } from './access/admit-callers.ts';
import type { Authenticate } from './access/authenticate.ts';
import { inStep } from './access/in-step.ts';
import { longPolls } from './access/long-polls.ts';
import type { RecordOwners } from './access/owner.ts';
import { serveDocs } from './docs/serve-docs.ts';
import { healthRoutes } from './health.ts';
import { connectionOptions, hostMissing, limitConnections, type Patience } from './http/connections.ts';
import { correlationHeader, correlationIdOf } from './http/correlation.ts';
import { answerWithProblem } from './http/errors.ts';
import { readJson } from './http/json.ts';
import { refuseOtherMethods } from './http/methods.ts';
import { notFound } from './http/problem.ts';
import type { GatewayMetrics } from './metrics.ts';
import { routes } from './routes/index.ts';
import type { GatewayContext, LonghaulClient, Route, WayToStart } from './routes/route.ts';
import { paystackWebhookPath, paystackWebhookRoute, type PaystackWebhooks } from './webhooks/paystack.ts';

export interface GatewayOptions {
  readonly longhaul: LonghaulClient;
  readonly authenticate: Authenticate;
  readonly recordOwners: RecordOwners;
  /** Contracts whose runs are started through a queue. Default: none. */
  readonly waysToStart?: readonly WayToStart[];
  /** How to handle Paystack's webhooks. Undefined: there is no route for them. */
  readonly paystack?: PaystackWebhooks | undefined;
  readonly log: FastifyBaseLogger;
  /** False refuses starts, and the gateway is ready without Temporal. Default: true. */
  readonly enabled?: boolean;
  /** How long clients may take to send a request. Default: 10 s for the headers, 30 s in total. */
  readonly patience?: Patience;
  /** Limit for each caller, and for requests without a valid token from each address. Default: 600. */
  readonly requestsPerMinute?: number;
  /** Long polls for results that a caller may have at a time. Default: 50. */
  readonly longPolls?: number;
  /** Default: 2,000. */
  readonly maxConnections?: number;
  /** Default: none. */
  readonly metrics?: GatewayMetrics;
}

const bodyLimitBytes = 256 * 1_024;
/** Ten times more fields than any valid request has. A body with more is refused without checking each. */
const mostFields = 1_000;

/** The HTTP API. It refuses invalid requests and passes the others to the client. */
export async function createGateway(options: GatewayOptions): Promise<FastifyInstance> {
  const app = fastify({
    loggerInstance: options.log.child({}, { serializers: { req: asked } }),
    bodyLimit: bodyLimitBytes,
    ...connectionOptions(options.patience ?? { headersMs: 10_000, requestMs: 30_000 }),
    // The default is 100 characters, and ids can be longer: Temporal allows 1,000.
    routerOptions: { maxParamLength: 1_000 },
    // Requests that arrive while the gateway closes are answered, too.
    return503OnClosing: false,
    genReqId: correlationIdOf,
    logController: new LogController({ requestIdLogLabel: 'correlationId' }),
    exposeHeadRoutes: false,
    forceCloseConnections: 'idle',
    // Fastify runs no hooks for a path that it cannot decode.
    frameworkErrors: (error, request, reply) => void answerWithProblem(error, request, marked(request, reply)),
  });
  limitConnections(app.server, options.maxConnections ?? 2_000);
  app.decorateRequest('caller', undefined);
  options.metrics?.watch(app);
  app.setErrorHandler(answerWithProblem);
  app.setNotFoundHandler((_request, reply) => notFound().send(reply));
  app.addHook('onRequest', (request, reply, done) => {
    marked(request, reply);
    done(hostMissing(request.raw));
  });
  const webhooks = options.paystack ? [{ method: 'POST', path: paystackWebhookPath }] : [];
  refuseOtherMethods(app, [...routes, ...webhooks]);
  acceptEmptyJson(app);

  // Long polls end at SIGTERM, so that draining does not wait for them.
  const stopping = new AbortController();
  app.addHook('preClose', (done) => {
    stopping.abort();
    done();
  });

  app.addHook('onSend', (_request, reply, payload, done) => {
    // A keep-alive connection would keep the process alive.
    if (stopping.signal.aborted) reply.header('connection', 'close');
    // A line break at the end, so that a terminal's prompt is on its own line.
    const isJson = /json/.test(String(reply.getHeader('content-type')));
    done(null, isJson && typeof payload === 'string' && !payload.endsWith('\n') ? `${payload}\n` : payload);
  });

  await serveDocs(app, routes);
  healthRoutes(app, options);
  if (options.paystack) await paystackWebhookRoute(app, options.longhaul, options.paystack);
  await app.register(async (api) => {
    await admitCallers(api, options.authenticate, options.requestsPerMinute ?? 600);
    const context = {
      ...options,
      waysToStart: options.waysToStart ?? [],
      holdPoll: longPolls(options.longPolls ?? 50),
      stopping: stopping.signal,
    };
    for (const route of routes) serve(api, route, context);
  });
  return app;
}

function serve(api: FastifyInstance, route: Route, context: GatewayContext): void {
  api.route({
    method: route.method,
    url: route.path,
    handler: (request, reply) =>
      inStep(() =>
        route.handle(
          context,
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
      ),
  });
}

/** The route for the log, without the values that callers send: queries can contain tokens, and paths card numbers. */
function asked({ method, routeOptions }: FastifyRequest) {
  return { method, route: routeOptions.url ?? 'none' };
}

function marked(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return reply.headers({ [correlationHeader]: request.id, 'x-content-type-options': 'nosniff' });
}

/** Treats an empty body as no body, because many clients always send `content-type: application/json`. */
function acceptEmptyJson(app: FastifyInstance): void {
  app.removeContentTypeParser(['application/json', 'text/plain']);
  app.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (_request, body, done) => {
    try {
      done(null, body.length === 0 ? undefined : readJson(body, mostFields));
    } catch (error) {
      done(error as Error);
    }
  });
}
