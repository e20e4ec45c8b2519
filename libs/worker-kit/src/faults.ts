import { ServiceError } from '@longhaul/service-clients';
import { ApplicationFailure, CancelledFailure, TemporalFailure } from '@temporalio/common';

/** Shorter waits are ignored, because for Temporal a delay of 0 means "no retry". */
const shortestWaitMs = 1_000;

/**
 * Converts a step's error to a Temporal failure. Whether to retry was decided from the status: a retry waits as long as the
 * service asked, everything else is non-retryable, with its code as the type.
 */
export function failureOf(error: unknown, cancelled: boolean): unknown {
  if (error instanceof TemporalFailure) return error;
  if (cancelled) return new CancelledFailure('The step was cancelled while its call was under way');
  if (!(error instanceof ServiceError)) return error;
  const { retryAfterMs = 0 } = error;
  return ApplicationFailure.create({
    type: error.code,
    message: error.message,
    nonRetryable: error.verdict !== 'retry',
    // `nextRetryDelay` is for the server. The SDK does not decode it for workflows, so the wait is in the details, too.
    ...(retryAfterMs >= shortestWaitMs && { nextRetryDelay: retryAfterMs, details: [{ retryAfterMs }] }),
    cause: error,
  });
}
