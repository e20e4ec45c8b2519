import { ServiceError } from '@longhaul/service-clients';
import { ApplicationFailure, CancelledFailure, TemporalFailure } from '@temporalio/common';

/** Less is no wish to be left alone, and Temporal takes a delay of 0 for "never again". */
const shortestWaitMs = 1_000;

/**
 * What a step's error means to Temporal. Whether it is worth another try was decided where the status was seen; here it
 * only gets Temporal's words: a retry honours what the service asked for, everything else ends the step with its code.
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
    // The server reads `nextRetryDelay`; a workflow cannot (the SDK does not decode it), so it finds the wait in the details.
    ...(retryAfterMs >= shortestWaitMs && { nextRetryDelay: retryAfterMs, details: [{ retryAfterMs }] }),
    cause: error,
  });
}
