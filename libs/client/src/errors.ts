import type { FieldIssue } from '@longhaul/contracts';

/** The base of all errors of this package. `code` is stable and has an entry in docs/failures.md; the message is for people. */
export abstract class LonghaulError extends Error {
  abstract readonly code: string;
}

/** The input or message breaks its contract. Nothing was sent. */
export class InvalidInput extends LonghaulError {
  override readonly name = 'InvalidInput';
  readonly code = 'invalid-input';
  readonly issues: readonly FieldIssue[];

  constructor(what: string, issues: readonly FieldIssue[]) {
    const fields = issues.map(({ pointer, detail }) => `${pointer || '/'} ${detail}`).join('; ');
    super(`The ${what} is not what the contract asks for [${fields}]`);
    this.issues = issues;
  }
}

/** The run of this id was started with another input. */
export class InputConflict extends LonghaulError {
  override readonly name = 'InputConflict';
  readonly code = 'input-conflict';
  readonly workflowId: string;
  readonly givenDigest: string;
  /** Left out if the run has another owner, or was started without a digest. */
  readonly existingDigest: string | undefined;

  constructor(workflowId: string, givenDigest: string, existingDigest: string | undefined) {
    super(`There is a run of this id with another input [${workflowId}]`);
    this.workflowId = workflowId;
    this.givenDigest = givenDigest;
    this.existingDigest = existingDigest;
  }
}

/** An input or a message that is too large for Temporal. Pass large data by reference. */
export class PayloadTooLarge extends LonghaulError {
  override readonly name = 'PayloadTooLarge';
  readonly code = 'payload-too-large';

  constructor(what: string, sizeBytes: number, limitBytes: number) {
    super(`The ${what} is too large [${sizeBytes} bytes, at most ${limitBytes}]`);
  }
}

/** Starting workflows is switched off (`enabled: false`). */
export class WorkflowsDisabled extends LonghaulError {
  override readonly name = 'WorkflowsDisabled';
  readonly code = 'workflows-disabled';

  constructor() {
    super('Starting workflows is switched off here');
  }
}

/** Temporal could not be reached, or did not answer before the deadline. The call may be retried. */
export class Unavailable extends LonghaulError {
  override readonly name = 'Unavailable';
  readonly code = 'temporal-unavailable';

  constructor(what: string, cause: unknown) {
    super(`Temporal did not answer: ${what}`, { cause });
  }
}

/** Temporal refused the call for a reason that a retry does not change (credentials, namespace). */
export class TemporalRefused extends LonghaulError {
  override readonly name = 'TemporalRefused';
  readonly code = 'temporal-refused';

  constructor(what: string, cause: unknown) {
    super(`Temporal refused: ${what} (${rootMessage(cause)})`, { cause });
  }
}

/** The run exists, but no worker answered in time. A message may still arrive: retry it with the same `updateId`. */
export class NoWorkerAnswer extends LonghaulError {
  override readonly name = 'NoWorkerAnswer';
  readonly code = 'no-worker-answer';

  constructor(what: string, workflowId: string, cause: unknown) {
    super(`No worker answered in time: ${what} [${workflowId}]`, { cause });
  }
}

export class RunNotFound extends LonghaulError {
  override readonly name = 'RunNotFound';
  readonly code = 'run-not-found';

  constructor(workflowId: string, cause?: unknown) {
    super(`There is no run of this id [${workflowId}]`, { cause });
  }
}

/** A message for a run that has ended. */
export class RunFinished extends LonghaulError {
  override readonly name = 'RunFinished';
  readonly code = 'run-finished';

  constructor(workflowId: string, cause?: unknown) {
    super(`The run has finished [${workflowId}]`, { cause });
  }
}

/** The run had not ended when `waitMs` of `result` was over. */
export class StillRunning extends LonghaulError {
  override readonly name = 'StillRunning';
  readonly code = 'still-running';

  constructor(workflowId: string) {
    super(`The run has not finished yet [${workflowId}]`);
  }
}

/** The run ended without an outcome. That is a fault, never a refusal. `failure` is its code in docs/failures.md. */
export class WorkflowFailed extends LonghaulError {
  override readonly name = 'WorkflowFailed';
  readonly code: string;

  constructor(workflowId: string, code: string, cause: unknown) {
    super(`The run has failed [${workflowId}, code: ${code}]: ${rootMessage(cause)}`, { cause });
    this.code = code;
  }
}

/** The workflow's handler refused a message. */
export class MessageRefused extends LonghaulError {
  override readonly name = 'MessageRefused';
  readonly code: string;

  constructor(message: string, workflowId: string, code: string, cause: unknown) {
    super(`The run refused "${message}" [${workflowId}, code: ${code}]: ${rootMessage(cause)}`, { cause });
    this.code = code;
  }
}

/** The answer of the run breaks the contract: the two sides have different versions of it. */
export class UnexpectedAnswer extends LonghaulError {
  override readonly name = 'UnexpectedAnswer';
  readonly code = 'unexpected-answer';

  constructor(what: string, workflowId: string, issues: readonly FieldIssue[]) {
    const fields = issues.map(({ pointer, detail }) => `${pointer || '/'} ${detail}`).join('; ');
    super(`The ${what} of the run is not what the contract names [${workflowId}: ${fields}]`);
  }
}

/** The message of the innermost cause, because Temporal wraps the informative error. */
function rootMessage(error: unknown): string {
  let last = error;
  while (last instanceof Error && last.cause instanceof Error) last = last.cause;
  return last instanceof Error ? last.message : String(last);
}
