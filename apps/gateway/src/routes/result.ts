import { StillRunning, WorkflowFailed } from '@longhaul/client';
import type { WorkflowContract } from '@longhaul/contracts';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { visibleRun, whenAsked } from '../access/run-access.ts';
import { Problem } from '../http/problem.ts';
import { strictReader } from './strict-reader.ts';
import type { Route } from './route.ts';

const longestWaitSeconds = 30;
/** Enough to read the outcome of a run that has ended. */
const lookMs = 1_000;

const Wait = z
  .string()
  .regex(/^\d{1,2}$/, 'must be a whole number of seconds')
  .transform(Number)
  .pipe(z.number().max(longestWaitSeconds, `must be at most ${longestWaitSeconds} seconds`));

const readQuery = strictReader(z.object({ wait: Wait.default(0) }));

const NotYet = z.object({ workflowId: z.string(), runId: z.string(), finished: z.literal(false) });

/** Waits for the outcome as long as the caller requests. */
export function resultRoute(contract: WorkflowContract): Route {
  return {
    method: 'GET',
    path: `${contract.http.runs}/:workflowId/result`,
    contract,
    operation: `${contract.type}Result`,
    summary: 'The outcome of the run, waited for',
    parameters: [
      {
        in: 'query',
        name: 'wait',
        description: `Seconds to wait for the end of the run, at most ${longestWaitSeconds}. Default: 0.`,
        schema: z.int().min(0).max(longestWaitSeconds),
      },
    ],
    answers: {
      200: { description: 'The outcome', schema: contract.outcome },
      202: { description: 'Not yet: ask again', schema: NotYet },
    },
    problems: [
      'invalid-request',
      'not-found',
      'run-failed',
      'temporal-unavailable',
      'temporal-refused',
      ...whenAsked(contract),
    ],

    async handle({ longhaul, holdPoll, stopping }, request, reply) {
      const waitMs = readQuery(request.query).wait * 1_000;
      const { workflowId, runId, ended } = await visibleRun(
        longhaul,
        contract,
        request.caller,
        request.params.workflowId!,
      );
      const notYet = () =>
        reply
          .code(202)
          .header('location', `${contract.http.runs}/${workflowId}/status`)
          .send({ workflowId, runId, finished: false });
      if (!ended && waitMs === 0) return notYet();
      try {
        const signal = AbortSignal.any([stopping, undeliverable(reply)]);
        const result = () => longhaul.handle(contract, workflowId).result({ waitMs: Math.max(waitMs, lookMs), signal });
        return await (ended ? result() : holdPoll(request.caller.sub, result));
      } catch (error) {
        if (error instanceof StillRunning) return notYet();
        if (error instanceof WorkflowFailed) throw failed(error);
        throw error;
      }
    },
  };
}

/** Aborted when the caller disconnects, because the answer could not be delivered. */
function undeliverable({ raw }: FastifyReply): AbortSignal {
  const gone = new AbortController();
  raw.once('close', () => {
    gone.abort();
  });
  return gone.signal;
}

function failed(error: WorkflowFailed): Problem {
  return new Problem('run-failed', 'The run ended without an outcome. The operators have been notified.', {
    extensions: { failure: error.code },
    cause: error,
  });
}
