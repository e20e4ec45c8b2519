import { RunFinished, type JoinedRun } from '@longhaul/client';
import type { StartableContract } from '@longhaul/contracts';
import { z } from 'zod';
import { ownerOfStart } from '../access/owner.ts';
import { strictReader } from './strict-reader.ts';
import { idempotencyHeader, idempotencyKey } from './idempotency-key.ts';
import type { GatewayContext, OwnedStart, Route } from './route.ts';

const Run = z.object({ workflowId: z.string(), runId: z.string() });

/** How long a worker has to answer the update that is sent with a start. */
const answerWaitMs = 15_000;

/** How long Temporal has to answer calls that need no worker. */
const startWaitMs = 3_000;

interface Start {
  readonly workflowId: string;
  readonly runId?: string;
}

/** Starts a run, or finds the run that the same input has started before. */
export function startRoute(contract: StartableContract): Route {
  const { http } = contract;
  const read = strictReader(contract.input);
  const fromPath = [...http.start.matchAll(/:(\w+)/g)].map(([, name]) => name!);
  const { startsWith } = http;

  return {
    method: 'POST',
    path: http.start,
    contract,
    operation: contract.type,
    summary: http.summary,
    ...(http.keyField !== undefined && {
      parameters: [keyHeader(contract, http.keyField)],
      notNeeded: [http.keyField],
    }),
    body: contract.input,
    notInBody: fromPath,
    answers: { 202: { description: `It runs. ${contract.once}`, schema: answerOf(contract) } },
    problems: [
      'invalid-request',
      'not-allowed',
      ...('field' in http.owner ? [] : (['not-found', 'service-unavailable', 'service-refused'] as const)),
      'request-too-large',
      'unsupported-media-type',
      'input-conflict',
      'workflows-disabled',
      'temporal-unavailable',
      'temporal-refused',
      ...(startsWith === undefined ? [] : (['no-worker-answer', 'message-refused'] as const)),
    ],

    async handle(context, { caller, correlationId, params, body, header }, reply) {
      const key = http.keyField === undefined ? undefined : idempotencyKey(header(idempotencyHeader));
      const input = read(body, { ...params, ...(key !== undefined && { [http.keyField!]: key }) });
      const given = input as Record<string, unknown>;
      const owner = await ownerOfStart(contract, given, caller, context.recordOwners, correlationId);
      const started = await start(context, contract, input, { owner, correlationId });
      reply.log.info(
        { workflowId: started.workflowId, runId: started.runId, type: contract.type },
        'Started, or joined',
      );
      return reply.code(202).header('location', `${http.runs}/${started.workflowId}/status`).send(started);
    },
  };
}

function answerOf({ http: { startsWith, mayBeQueued }, updates }: StartableContract): z.ZodType {
  if (startsWith !== undefined) return Run.extend({ [startsWith]: updates[startsWith]!.answer.optional() });
  return mayBeQueued ? Run.partial({ runId: true }) : Run;
}

async function start(
  { longhaul, waysToStart }: GatewayContext,
  contract: StartableContract,
  input: unknown,
  options: OwnedStart,
): Promise<Start> {
  const { startsWith } = contract.http;
  if (startsWith !== undefined) return startWithAnswer(longhaul, contract, startsWith, input, options);
  const way = waysToStart.find(({ contract: { type } }) => type === contract.type);
  if (way) return way.start(input, options);
  return runOf(await longhaul.start(contract, input, { ...options, waitMs: startWaitMs }));
}

/** A run that has ended cannot answer the update: the caller is told where to read its outcome. */
async function startWithAnswer(
  longhaul: GatewayContext['longhaul'],
  contract: StartableContract,
  name: string,
  input: unknown,
  options: OwnedStart,
): Promise<Start> {
  // A repeated start sends the same update id, so it gets the same answer.
  const update = { name, input: {}, updateId: `${name}-of-the-start`, waitMs: answerWaitMs };
  try {
    const { run, answer } = await longhaul.startWithUpdate(contract, input, update, options);
    return { ...runOf(run), [name]: answer };
  } catch (error) {
    if (!(error instanceof RunFinished)) throw error;
    return runOf(await longhaul.start(contract, input, { ...options, waitMs: startWaitMs }));
  }
}

const runOf = ({ workflowId, runId }: JoinedRun<StartableContract>): Start => ({ workflowId, runId });

function keyHeader({ input }: StartableContract, field: string) {
  return {
    in: 'header' as const,
    name: 'Idempotency-Key',
    description: `Stands in for "${field}" when the body has none: one of the two is needed. When both are there, they have to be equal.`,
    schema: (input as z.ZodObject).shape[field] as z.ZodType,
  };
}
