import { setTimeout as wait } from 'node:timers/promises';
import type { Service } from '@longhaul/checker';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { SandboxCore } from '../core.ts';
import { faultFor, type Fault } from '../faults/fault-plan.ts';
import { arrive, settle, type Call, type Sent } from './calls.ts';
import { errorAfterCommit, insteadOfWork, sentAfterWork } from './fault-answers.ts';
import type { Outcome } from './operation.ts';
import { problemType } from './problem.ts';

declare module 'fastify' {
  interface FastifyRequest {
    call: Call | null;
  }
}

export interface Answer extends Outcome {
  readonly replayed?: boolean;
}

/** A valid request. */
export interface Asked {
  /** The users, buses or merchants of the request, whose names may be typed failures. */
  readonly names: readonly string[];
  readonly work: (sent: (status: number) => Sent) => Promise<Answer>;
}

interface Served {
  readonly service: Service;
  readonly route: string;
  /** The header that has the key of the call. */
  readonly keyHeader: string;
  /** Returns an outcome to refuse the request. */
  readonly read: (request: FastifyRequest, call: Call) => Asked | Outcome;
}

/** Serves a route under `/<service>`. `take` shows what happens to a request, in order. */
export function register(app: FastifyInstance, core: SandboxCore, { service, route, keyHeader, read }: Served): void {
  const [method = '', path = ''] = route.split(' ');
  app.route({
    method,
    url: `/${service}${path}`,
    onRequest: async (request) => {
      const key = header(request, keyHeader);
      const correlationId = header(request, 'x-correlation-id');
      const arrival = { service, route, key, countedBy: key ?? request.url, correlationId };
      request.call = await arrive(core.database, arrival, await core.now(arrival));
    },
    handler: (request, reply) => {
      const taken = take(core, read, request, reply).finally(() => core.inHand.delete(taken));
      core.inHand.add(taken);
      return taken;
    },
  });
}

async function take(core: SandboxCore, read: Served['read'], request: FastifyRequest, reply: FastifyReply) {
  const call = request.call;
  if (!call) throw new Error(`The request was not recorded when it arrived [${request.method} ${request.url}]`);
  const { service, route, key, attempt } = call;
  await core.onCall({ service, route, key, attempt, phase: 'before' });

  const asked = read(request, call);
  if (!('work' in asked)) return answer(core, call, reply, asked);

  const fault = faultFor(core.faultPlan(), call) ?? core.typedFault(route, asked.names, attempt);
  const afterFault = fault && (await core.onFault(call, fault.kind));
  const instead = fault && insteadOfWork(fault);
  if (instead) return answer(core, call, reply.headers(instead.headers), instead.answer, fault);

  if (fault?.kind === 'delay') await delay(core, fault.delayMs);
  const worked = await asked.work(sentAfterWork(fault)).finally(afterFault);
  await core.onCall({ service, route, key, attempt, phase: 'after' });

  if (fault?.kind === 'lost-answer') {
    reply.hijack();
    request.raw.socket.destroy();
    return reply;
  }
  if (fault?.kind === 'error-after-commit') return send(reply, errorAfterCommit);
  return send(reply, worked);
}

/** Ends early when the sandbox closes. */
async function delay({ closing }: SandboxCore, delayMs: number): Promise<void> {
  await wait(delayMs, undefined, { signal: closing }).catch((error: unknown) => {
    if (!closing.aborted) throw error;
  });
}

async function answer(core: SandboxCore, call: Call, reply: FastifyReply, given: Answer, fault?: Fault) {
  await settle(core.database, call, { status: given.status, fault: fault?.kind ?? null });
  return send(reply, given);
}

/** A refusal is a problem document, unless it sets another media type. */
function send(reply: FastifyReply, { status, body, headers = {}, replayed }: Answer) {
  if (replayed) reply.header('idempotent-replayed', 'true');
  if (status < 400) return reply.code(status).headers(headers).send(body);
  return reply.code(status).type(problemType).headers(headers).send(JSON.stringify(body));
}

function header(request: FastifyRequest, name: string): string | null {
  const value = request.headers[name];
  return typeof value === 'string' && value !== '' ? value : null;
}
