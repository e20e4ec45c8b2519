import {
  ActivityFailure,
  ApplicationFailure,
  isCancellation,
  TemporalFailure,
  TimeoutFailure,
} from '@temporalio/workflow';

/** A step that did not come to an end: which one, and the code of why (each has a line in docs/failures.md). */
export interface Fault {
  readonly step: string;
  readonly code: string;
  readonly message: string;
}

/** Reads a step's failure. Anything else (a mistake in the story, say) is no fault of a step: undefined. */
export function faultOf(error: unknown): Fault | undefined {
  if (!(error instanceof ActivityFailure) || isCancellation(error)) return undefined;
  const { activityType: step, cause } = error;
  if (cause instanceof ApplicationFailure) return { step, code: cause.type ?? 'unknown-fault', message: cause.message };
  if (cause instanceof TimeoutFailure) return { step, code: 'step-timeout', message: cause.message };
  return { step, code: 'unknown-fault', message: cause?.message ?? error.message };
}

/** Did the step's own logic answer for good? Then a second attempt would only hear the same again. */
export function isFinal(error: unknown): boolean {
  return (
    error instanceof ActivityFailure && error.cause instanceof ApplicationFailure && error.cause.nonRetryable === true
  );
}

/** How long the other side asked us to wait before we try again. */
export function askedToWaitMs(error: unknown): number {
  const cause = error instanceof ActivityFailure ? error.cause : undefined;
  const delay = cause instanceof ApplicationFailure ? cause.nextRetryDelay : undefined;
  return typeof delay === 'number' ? delay : 0;
}

export function isTemporalFailure(error: unknown): boolean {
  return error instanceof TemporalFailure;
}
