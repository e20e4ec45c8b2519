import type { IncomingHttpHeaders } from 'node:http';
import type { Service } from '@longhaul/checker';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { SandboxCore } from '../core.ts';
import type { Queries } from '../database/queries.ts';
import { settleWork, type Call, type Sent } from './calls.ts';
import type { Outcome } from './operation.ts';
import { register, type Asked } from './take.ts';

/** A request to a foreign server, with its unparsed body. */
export interface Received {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface Understood {
  /** The users, buses or merchants of the request, whose names may be typed failures. */
  readonly names: readonly string[];
  readonly work: (order: { readonly tx: Queries; readonly now: string }) => Promise<Outcome>;
}

/** One operation of a foreign server. It ignores idempotency keys: a repeat is done again. */
export interface Exchange {
  readonly route: `${'GET' | 'POST' | 'PUT'} /${string}`;
  /** Returns an outcome to refuse the request. */
  readonly read: (received: Received) => Understood | Outcome;
}

export interface StrangerRoutes {
  /** The header with the key by which attempts are counted and effects recorded. It has no other meaning. */
  readonly keyHeader: string;
  readonly exchanges: readonly Exchange[];
  /** Called after a change. */
  readonly afterCommit?: () => void;
}

/** Serves a foreign service under `/<its name>`. */
export function serveStranger(app: FastifyInstance, service: Service, routes: StrangerRoutes, core: SandboxCore): void {
  // In a Fastify scope of its own, so that only here bodies are not parsed.
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    for (const exchange of routes.exchanges) {
      const read = (request: FastifyRequest, call: Call) => readExchange(core, routes, exchange, request, call);
      register(scope, core, { service, route: exchange.route, keyHeader: routes.keyHeader, read });
    }
    return Promise.resolve();
  });
}

function readExchange(
  core: SandboxCore,
  { afterCommit }: StrangerRoutes,
  exchange: Exchange,
  request: FastifyRequest,
  call: Call,
): Asked | Outcome {
  const understood = exchange.read({
    params: request.params as Record<string, string>,
    query: request.query as Record<string, unknown>,
    headers: request.headers,
    body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
  });
  if (!('work' in understood)) return understood;
  const work = async (sent: (status: number) => Sent) => {
    const outcome = await exchangeOnce(core, understood, call, sent);
    if ((outcome.effects?.length ?? 0) + (outcome.housekeeping?.length ?? 0) > 0) afterCommit?.();
    return outcome;
  };
  return { names: understood.names, work };
}

async function exchangeOnce(
  core: SandboxCore,
  { work }: Understood,
  call: Call,
  sent: (status: number) => Sent,
): Promise<Outcome> {
  const now = await core.now(call);
  return core.database.transaction(async (tx) => {
    const outcome = await work({ tx, now });
    await settleWork(tx, call, outcome, { ...sent(outcome.status), at: now });
    return outcome;
  });
}
