import { inputDigest, RunFinished } from '@longhaul/client';
import { BusinessKey, fieldsOf, type MessageContract, type WorkflowContract } from '@longhaul/contracts';
import { checkMaySend, visibleRun } from '../access/run-access.ts';
import { Problem } from '../http/problem.ts';
import { strictReader } from './strict-reader.ts';
import { idempotencyHeader, idempotencyKey } from './idempotency-key.ts';
import type { Route } from './route.ts';

/**
 * How long a worker has to answer. After that the caller gets 503: "accepted" would be wrong, because the message may have
 * come too late, which only the run can say.
 */
const answerWaitMs = 10_000;

/** Sends one of the contract's updates and returns the answer of the run. */
export function messageRoute(contract: WorkflowContract, message: string, agreed: MessageContract): Route {
  const { http } = contract;
  const read = strictReader(agreed.input);
  // The sender is the subject of the token, never a field of the body.
  const signed = fieldsOf(agreed.input).has('by');
  const forAll = http.ownerMessages.includes(message) || http.participantMessages?.includes(message);

  return {
    method: 'POST',
    path: `${http.runs}/:workflowId/${message}`,
    contract,
    operation: `${contract.type}_${message}`,
    summary: forAll ? `Send "${message}" to the run` : `Send "${message}" to the run: for the scope operations`,
    parameters: [
      {
        in: 'header',
        name: 'Idempotency-Key',
        description: 'The same key twice with the same body is one message. Default: each is a message of its own.',
        schema: BusinessKey,
      },
    ],
    body: agreed.input,
    ...(signed && { notInBody: ['by'] }),
    answers: { 200: { description: "The run's answer", schema: agreed.answer } },
    problems: [
      'invalid-request',
      'not-allowed',
      'not-found',
      'run-finished',
      'message-refused',
      'request-too-large',
      'unsupported-media-type',
      'no-worker-answer',
      'temporal-unavailable',
      'temporal-refused',
    ],

    async handle({ longhaul }, { caller, params, body, header }) {
      const input = read(body, signed ? { by: caller.sub } : {});
      const key = idempotencyKey(header(idempotencyHeader));
      // The same key with another body is another message, which must not get the answer to the first.
      const updateId = key && `${message}-${key}-${inputDigest(input)}`;
      const run = await visibleRun(longhaul, contract, caller, params.workflowId!);
      checkMaySend(contract, caller, run, message);
      if (run.ended) throw finished(contract);
      try {
        const handle = longhaul.handle(contract, run.workflowId);
        return await handle.update(message, input, { waitMs: answerWaitMs, updateId });
      } catch (error) {
        throw error instanceof RunFinished ? finished(contract, error) : error;
      }
    },
  };
}

function finished({ http }: WorkflowContract, cause?: unknown): Problem {
  return new Problem('run-finished', `The run has finished. ${http.whenFinished}`, { cause });
}
