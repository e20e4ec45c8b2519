import type { IncomingHttpHeaders } from 'node:http';
import type { Service } from '@longhaul/checker';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { SandboxCore } from '../core.ts';
import type { Queries } from '../database/queries.ts';
import { settleWork, type Call, type Sent } from './calls.ts';
import type { Outcome } from './operation.ts';
import { register, type Asked } from './take.ts';

/** A request as a stranger's server gets it: the bytes of its body, not yet looked at. */
export interface Received {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface Understood {
  /** Those that it is about, who may be named after a failure. */
  readonly names: readonly string[];
  readonly work: (order: { readonly tx: Queries; readonly now: string }) => Promise<Outcome>;
}

/** One thing that a stranger's server does. It honours no key: it does again what it is asked again. */
export interface Exchange {
  readonly route: `${'GET' | 'POST' | 'PUT'} /${string}`;
  /** An outcome refuses the request as it is. */
  readonly read: (received: Received) => Understood | Outcome;
}

export interface StrangerRoutes {
  /** The header by which attempts are counted and effects are told apart. It changes nothing else. */
  readonly keyHeader: string;
  readonly exchanges: readonly Exchange[];
  /** Told when something has changed. */
  readonly afterCommit?: () => void;
}

/** Serves a stranger under `/<its name>`. */
export function serveStranger(app: FastifyInstance, service: Service, routes: StrangerRoutes, core: SandboxCore): void {
  // In a scope of its own, so that bodies stay bytes here only.
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
