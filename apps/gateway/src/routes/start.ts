import type { WorkflowContract } from '@longhaul/contracts';
import { z } from 'zod';
import { ownerOfStart } from '../access/owner.ts';
import { strictReader } from './strict-reader.ts';
import { idempotencyHeader, idempotencyKey } from './idempotency-key.ts';
import type { Route } from './route.ts';

const StartAnswer = z.object({ workflowId: z.string(), runId: z.string() });

/** Starts a run, or finds the one that the same input started before. */
export function startRoute(contract: WorkflowContract): Route {
  const { http } = contract;
  const read = strictReader(contract.input);
  const fromPath = [...http.start.matchAll(/:(\w+)/g)].map(([, name]) => name!);

  return {
    method: 'POST',
    path: http.start,
    contract,
    operation: contract.type,
    summary: http.summary,
    ...(http.keyField !== undefined && { parameters: [keyHeader(http.keyField)] }),
    body: contract.input,
    notInBody: fromPath,
    answers: { 202: { description: `It runs. ${contract.once}`, schema: StartAnswer } },
    problems: [
      'invalid-request',
      'not-allowed',
      ...('bookingIn' in http.owner ? (['not-found', 'service-unavailable'] as const) : []),
      'request-too-large',
      'unsupported-media-type',
      'input-conflict',
      'workflows-disabled',
      'temporal-unavailable',
    ],

    async handle({ longhaul, bookingOwner }, { caller, correlationId, params, body, header }, reply) {
      const key = http.keyField === undefined ? undefined : idempotencyKey(header(idempotencyHeader));
      const input = read(body, { ...params, ...(key !== undefined && { [http.keyField!]: key }) });
      const owner = await ownerOfStart(contract, input as Record<string, unknown>, caller, (bookingId) =>
        bookingOwner(bookingId, correlationId),
      );
      const { workflowId, runId } = await longhaul.start(contract, input, { owner, correlationId });
      return reply.code(202).header('location', `${http.runs}/${workflowId}/status`).send({ workflowId, runId });
    },
  };
}

function keyHeader(field: string) {
  return {
    in: 'header' as const,
    name: 'Idempotency-Key',
    description: `Stands in for "${field}" when the body has none; when both are there, they have to be equal.`,
    schema: z.string(),
  };
}
