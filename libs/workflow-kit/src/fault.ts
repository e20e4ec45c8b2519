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

/** What a step itself said. A regular activity's failure comes wrapped, a local attempt's does not. */
function saidByStep(error: unknown): ApplicationFailure | undefined {
  const said = error instanceof ActivityFailure ? error.cause : error;
  return said instanceof ApplicationFailure ? said : undefined;
}

/** Did the step's own logic answer for good? Then a second attempt would only hear the same again. */
export function isFinal(error: unknown): boolean {
  return saidByStep(error)?.nonRetryable === true;
}

/** A local attempt's failure in the form of a regular one: it names its step. */
export function asStepFailure(step: string, error: unknown): ActivityFailure {
  if (error instanceof ActivityFailure) return error;
  return new ActivityFailure(`${step} failed`, step, undefined, 'NON_RETRYABLE_FAILURE', undefined, error as Error);
}

/** What a step answered and the story does not take for its end, as a failure of that step. Its code has a line in docs/failures.md. */
export function stepFailure({ step, code, message }: Fault): ActivityFailure {
  return asStepFailure(step, ApplicationFailure.nonRetryable(message, code));
}

/** How long the other side asked us to wait before we try again, as the worker's fault mapping left it. */
export function askedToWaitMs(error: unknown): number {
  const [asked] = (saidByStep(error)?.details ?? []) as { retryAfterMs?: unknown }[];
  return typeof asked?.retryAfterMs === 'number' ? asked.retryAfterMs : 0;
}

export function isTemporalFailure(error: unknown): boolean {
  return error instanceof TemporalFailure;
}
