import {
  InputConflict,
  InvalidInput,
  MessageRefused,
  NoWorkerAnswer,
  PayloadTooLarge,
  RunFinished,
  RunNotFound,
  TemporalRefused,
  Unavailable,
  WorkflowsDisabled,
} from '@longhaul/client';
import { ServiceError } from '@longhaul/service-clients';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { NotJson } from './json.ts';
import { comeAgain, invalidRequest, notFound, Problem } from './problem.ts';

/** Turns anything thrown into the problem for the caller. */
function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof InvalidInput) return invalidRequest(error.issues, error);
  if (error instanceof NotJson) return invalidRequest([{ pointer: '', detail: error.message }], error);
  if (error instanceof InputConflict) return conflict(error);
  if (error instanceof PayloadTooLarge) return new Problem('request-too-large', error.message, { cause: error });
  if (error instanceof WorkflowsDisabled) return comeAgain('workflows-disabled', `${error.message}.`, 60, error);
  if (error instanceof RunNotFound) return notFound();
  if (error instanceof RunFinished) return new Problem('run-finished', 'The run has finished.', { cause: error });
  if (error instanceof MessageRefused) return refused(error);
  if (error instanceof NoWorkerAnswer) {
    const detail = 'The run is there, but no worker answered for it in time. Send the same request again.';
    return comeAgain('no-worker-answer', detail, 2, error);
  }
  if (error instanceof Unavailable) {
    return comeAgain('temporal-unavailable', 'Temporal does not answer. Send the same request again.', 2, error);
  }
  if (error instanceof TemporalRefused) {
    return comeAgain('temporal-refused', 'Temporal refused the gateway, which a person has to mend.', 60, error);
  }
  if (error instanceof ServiceError) return ofService(error);
  return problemOfFastify(error) ?? new Problem('internal', 'It was logged with the correlation id.', { cause: error });
}

/** A service that refuses us or answers wrongly is up, so a retry within seconds would not help. */
function ofService(error: ServiceError): Problem {
  const { service, status, verdict } = error;
  if (verdict === 'retry') return comeAgain('service-unavailable', `The ${service} service does not answer.`, 2, error);
  const why =
    status === 401 || status === 403 ? "does not take the gateway's credentials" : 'answered what was not agreed';
  return comeAgain('service-refused', `The ${service} service ${why}, which a person has to mend.`, 60, error);
}

export function answerWithProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = problemOf(error);
  if (problem.code === 'internal') request.log.error({ err: problem.cause }, 'Failed by a fault of the gateway');
  else if (problem.status >= 500)
    request.log.warn({ code: problem.code, why: reasonOf(problem.cause) }, problem.message);
  return problem.send(reply);
}

function reasonOf(cause: unknown): string | undefined {
  return cause instanceof Error ? cause.message : undefined;
}

function conflict({ givenDigest, existingDigest }: InputConflict): Problem {
  return new Problem(
    'input-conflict',
    'This key was used before with another input. Use a new key for a new request.',
    {
      extensions: { givenDigest, ...(existingDigest !== undefined && { existingDigest }) },
    },
  );
}

function refused(error: MessageRefused): Problem {
  return new Problem('message-refused', 'The run does not take this message.', {
    extensions: { reason: error.code },
    cause: error,
  });
}

/** A request that Fastify refused. Its messages are about Node internals, so only the status is used. */
function problemOfFastify(error: unknown): Problem | undefined {
  const { code, statusCode } = error as Partial<FastifyError>;
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE')
    return new Problem('request-too-large', 'The body is larger than the limit.');
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') {
    return new Problem('unsupported-media-type', 'Send JSON, with the header "content-type: application/json".');
  }
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return new Problem('invalid-request', 'The request could not be read.', { cause: error });
  }
  return undefined;
}
