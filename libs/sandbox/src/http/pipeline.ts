import type { Service } from '@longhaul/checker';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { SandboxCore } from '../core.ts';
import { Name } from '../values.ts';
import { settle, settleWork, type Call, type Sent } from './calls.ts';
import { claimKey, digestOf } from './idempotency.ts';
import type { Operation, Outcome, Read, ServiceRoutes } from './operation.ts';
import { badRequest, fieldErrors, problem, type FieldError, type Problem } from './problem.ts';
import { register, type Answer, type Asked } from './take.ts';

/** Serves one of our own services under `/<its name>`. */
export function serve(
  app: FastifyInstance,
  service: Service,
  { operations, reads = [] }: ServiceRoutes,
  core: SandboxCore,
): void {
  for (const served of [...operations, ...reads]) {
    const read = (request: FastifyRequest, call: Call) => {
      const asked = parse(core, served, call, request);
      return 'work' in asked ? asked : { status: asked.status, body: asked };
    };
    register(app, core, { service, route: served.route, keyHeader: 'idempotency-key', read });
  }
}

function parse(core: SandboxCore, served: Operation | Read, call: Call, request: FastifyRequest): Asked | Problem {
  const params = request.params as Record<string, string>;
  const errors = Object.entries(params).flatMap(([name, value]) => checked(Name, value, [name]));
  if (!('body' in served)) {
    return errors.length > 0
      ? badRequest(errors)
      : { names: [], work: (sent) => readOnly(core, served, call, params, sent) };
  }
  const parsed = served.body.safeParse(request.body ?? {});
  if (!parsed.success || errors.length > 0)
    return badRequest([...errors, ...(parsed.error ? fieldErrors(parsed.error) : [])]);
  const { key } = call;
  if (key === null) return problem(400, 'idempotency-key-missing', 'The header Idempotency-Key is required');
  return {
    names: served.names?.(parsed.data) ?? [],
    work: (sent) => operate(core, served, { ...call, key }, params, parsed.data, sent),
  };
}

function checked(schema: z.ZodType, value: unknown, at: readonly string[]): FieldError[] {
  const result = schema.safeParse(value);
  return result.success ? [] : fieldErrors(result.error, at);
}

async function operate(
  core: SandboxCore,
  { route, work, afterCommit, answersAfresh = false }: Operation,
  call: Call & { readonly key: string },
  params: Record<string, string>,
  body: unknown,
  sent: (status: number) => Sent,
): Promise<Answer> {
  const now = await core.now(call);
  const answer = await core.database.transaction(async (tx): Promise<Answer> => {
    const claim = await claimKey(tx, call, digestOf(route, params, body));
    if (claim.claim === 'first' || (claim.claim === 'repeat' && answersAfresh)) {
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

async function readOnly(
  { database }: SandboxCore,
  { work }: Read,
  call: Call,
  params: Record<string, string>,
  sent: (status: number) => Sent,
): Promise<Outcome> {
  const outcome = await work({ params, tx: database });
  await settle(database, call, sent(outcome.status));
  return outcome;
}

function keyReused({ key }: Call): Answer {
  const detail = `The Idempotency-Key was used before with another request [${key}]`;
  return { status: 422, body: problem(422, 'idempotency-key-reused', detail) };
}
