import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Database } from '../database/database.ts';
import { faultFor, type Fault, type FaultPlan } from '../faults/fault-plan.ts';
import { typedFault } from '../typed-failures.ts';
import { Name } from '../values.ts';
import { arrive, settle, settleWork, type Call, type Sent } from './calls.ts';
import { errorAfterCommit, insteadOfWork, sentAfterWork } from './fault-answers.ts';
import { claimKey, digestOf } from './idempotency.ts';
import type { Operation, Outcome, Read, ServiceRoutes } from './operation.ts';
import { badRequest, fieldErrors, problem, problemType, type FieldError, type Problem } from './problem.ts';

export interface CallNotice extends Pick<Call, 'service' | 'route' | 'key' | 'attempt'> {
  readonly phase: 'before' | 'after';
}

export interface House {
  readonly database: Database;
  /** ISO 8601 in UTC. */
  readonly now: () => Promise<string>;
  readonly faultPlan: () => FaultPlan;
  /** Awaited before a call is looked at, and again between its commit and its answer. */
  readonly onCall: (notice: CallNotice) => void | Promise<void>;
  /** Cuts delays short when the sandbox closes. */
  readonly closing: AbortSignal;
  /** Requests that are being worked, also those whose caller has gone. */
  readonly inHand: Set<Promise<unknown>>;
}

declare module 'fastify' {
  interface FastifyRequest {
    call: Call | null;
  }
}

interface Answer extends Outcome {
  readonly replayed?: boolean;
}

/** Serves a service under `/<its name>`. What happens to a request stands in `take`, in order. */
export function serve(app: FastifyInstance, { service, operations, reads = [] }: ServiceRoutes, house: House): void {
  for (const served of [...operations, ...reads]) {
    const [method = '', path = ''] = served.route.split(' ');
    app.route({
      method,
      url: `/${service}${path}`,
      onRequest: async (request) => {
        const key = header(request, 'idempotency-key');
        const correlationId = header(request, 'x-correlation-id');
        const countedBy = key ?? request.url;
        const arrival = { service, route: served.route, key, countedBy, correlationId };
        request.call = await arrive(house.database, arrival, await house.now());
      },
      handler: (request, reply) => {
        const taken = take(house, served, request, reply).finally(() => house.inHand.delete(taken));
        house.inHand.add(taken);
        return taken;
      },
    });
  }
}

async function take(house: House, served: Operation | Read, request: FastifyRequest, reply: FastifyReply) {
  const call = request.call;
  if (!call) throw new Error(`A request came past the register [${request.method} ${request.url}]`);
  const { service, route, key, attempt } = call;
  await house.onCall({ service, route, key, attempt, phase: 'before' });

  const asked = parse(served, call, request);
  if ('status' in asked) return answer(house, call, reply, { status: asked.status, body: asked });

  const fault = faultFor(house.faultPlan(), call) ?? typedFault(route, asked.names, attempt);
  const instead = fault && insteadOfWork(fault);
  if (instead) return answer(house, call, reply.headers(instead.headers), instead.answer, fault);
  if (fault?.kind === 'delay') await wait(fault.delayMs, undefined, { signal: house.closing });

  const worked = await asked.work(house, sentAfterWork(fault));
  await house.onCall({ service, route, key, attempt, phase: 'after' });

  if (fault?.kind === 'lost-answer') {
    reply.hijack();
    request.raw.socket.destroy();
    return reply;
  }
  if (fault?.kind === 'error-after-commit') return send(reply, errorAfterCommit);
  return send(reply, worked);
}

interface Asked {
  readonly names: readonly string[];
  readonly work: (house: House, sent: (status: number) => Sent) => Promise<Answer>;
}

function parse(served: Operation | Read, call: Call, request: FastifyRequest): Asked | Problem {
  const params = request.params as Record<string, string>;
  const errors = Object.entries(params).flatMap(([name, value]) => checked(Name, value, [name]));
  if (!('body' in served)) {
    return errors.length > 0
      ? badRequest(errors)
      : { names: [], work: (house, sent) => read(house, served, call, params, sent) };
  }
  const parsed = served.body.safeParse(request.body ?? {});
  if (!parsed.success || errors.length > 0)
    return badRequest([...errors, ...(parsed.error ? fieldErrors(parsed.error) : [])]);
  const { key } = call;
  if (key === null) return problem(400, 'idempotency-key-missing', 'The header Idempotency-Key is required');
  return {
    names: served.names?.(parsed.data) ?? [],
    work: (house, sent) => operate(house, served, { ...call, key }, params, parsed.data, sent),
  };
}

function checked(schema: z.ZodType, value: unknown, at: readonly string[]): FieldError[] {
  const result = schema.safeParse(value);
  return result.success ? [] : fieldErrors(result.error, at);
}

async function operate(
  house: House,
  { route, work, afterCommit }: Operation,
  call: Call & { readonly key: string },
  params: Record<string, string>,
  body: unknown,
  sent: (status: number) => Sent,
): Promise<Answer> {
  const now = await house.now();
  const answer = await house.database.transaction(async (tx): Promise<Answer> => {
    const claim = await claimKey(tx, call, digestOf(route, params, body));
    if (claim.claim === 'first') {
      const outcome = await work({ params, body, key: call.key, now, tx });
      await settleWork(tx, call, outcome, { ...sent(outcome.status), at: now });
      return outcome;
    }
    const again =
      claim.claim === 'repeat' ? { status: claim.status, body: claim.body, replayed: true } : keyReused(call);
    await settle(tx, call, sent(again.status));
    return again;
  });
  if (!answer.replayed) afterCommit?.();
  return answer;
}

async function read(
  { database }: House,
  { work }: Read,
  call: Call,
  params: Record<string, string>,
  sent: (status: number) => Sent,
): Promise<Answer> {
  const outcome = await work({ params, tx: database });
  await settle(database, call, sent(outcome.status));
  return outcome;
}

function keyReused({ key }: Call): Answer {
  const detail = `The Idempotency-Key was used before with another request [${key}]`;
  return { status: 422, body: problem(422, 'idempotency-key-reused', detail) };
}

async function answer(house: House, call: Call, reply: FastifyReply, given: Answer, fault?: Fault) {
  await settle(house.database, call, { status: given.status, fault: fault?.kind ?? null });
  return send(reply, given);
}

function send(reply: FastifyReply, { status, body, replayed }: Answer) {
  if (replayed) reply.header('idempotent-replayed', 'true');
  if (status >= 400) reply.type(problemType);
  return reply.code(status).send(status >= 400 ? JSON.stringify(body) : body);
}

function header(request: FastifyRequest, name: string): string | null {
  const value = request.headers[name];
  return typeof value === 'string' && value !== '' ? value : null;
}
