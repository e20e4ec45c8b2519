import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply } from 'fastify';
import type { Database } from '../database/queries.ts';
import { settle } from './calls.ts';
import { problem, problemType, type Problem } from './problem.ts';

const bodyLimitBytes = 262_144;

/** An HTTP server that answers every failure with a problem document without internals. */
export function createServer(database: Database, onError: (error: unknown) => void): FastifyInstance {
  const app = Fastify({
    bodyLimit: bodyLimitBytes,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 300 },
  });
  app.decorateRequest('call', null);
  // JSON gets a final line break for terminals.
  app.addHook('onSend', (_request, reply, payload, done) => {
    const isJson = /json/.test(String(reply.getHeader('content-type')));
    done(null, isJson && typeof payload === 'string' ? `${payload}\n` : payload);
  });
  app.setNotFoundHandler((request, reply) =>
    send(reply, problem(404, 'no-such-route', `There is no such route [${request.method} ${request.url}]`)),
  );
  app.setErrorHandler<FastifyError>(async (error, request, reply) => {
    const status = error.statusCode ?? 500;
    const theirs = status < 500;
    if (!theirs) onError(new Error(`The sandbox failed [${request.method} ${request.url}]`, { cause: error }));
    if (request.call) await settle(database, request.call, { status, fault: null }).catch(onError);
    const ours = problem(status, 'sandbox-failed', 'The sandbox failed; its own log says why');
    return send(reply, theirs ? problem(status, 'invalid-request', error.message) : ours);
  });
  return app;
}

function send(reply: FastifyReply, document: Problem): FastifyReply {
  return reply.code(document.status).type(problemType).send(JSON.stringify(document));
}
