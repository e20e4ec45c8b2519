import type { SandboxEvidence } from './sandbox-evidence.ts';

/** A step as a run's history shows it. */
export interface StepTrace {
  readonly step: string;
  /** Done inside the workflow task. If its worker is killed before the marker is written, it leaves no trace. */
  readonly local: boolean;
  /** Null if the history does not have it (local attempts, encrypted payloads). */
  readonly key: string | null;
  /** `abandoned`: cancelled without waiting for its end. */
  readonly state: 'open' | 'completed' | 'failed' | 'timed-out' | 'cancelled' | 'abandoned';
  readonly code: string | null;
  readonly result: unknown;
  /** Attempts that timed out at the server, according to the history. */
  readonly lostAttempts: number;
}

/** One time that a run raised attention. */
export interface AttentionTrace {
  readonly code: string;
  readonly owner: string | null;
  /** The step that had failed just before. */
  readonly step: string | null;
  /** From that failure to the attention, in milliseconds. Null if the run had continued in between. */
  readonly raisedAfterMs: number | null;
  readonly settled: boolean;
  /** An operator settled the step by hand. */
  readonly settledByHand: boolean;
}

export interface UpdateTrace {
  readonly name: string;
  readonly input: unknown;
  /** Undefined while there is none, and if the handler failed. */
  readonly answer: unknown;
}

export type RunStatusName =
  'running' | 'completed' | 'failed' | 'timed-out' | 'terminated' | 'cancelled' | 'continued-as-new';

/** One run of a workflow, extracted from its history by `runEvidence`. */
export interface RunEvidence {
  readonly workflowId: string;
  readonly runId: string;
  readonly type: string;
  readonly status: RunStatusName;
  /** ISO 8601, by the Temporal server's clock. */
  readonly startedAt: string;
  readonly input: unknown;
  readonly outcome: unknown;
  readonly failureCode: string | null;
  readonly memo: Readonly<Record<string, unknown>>;
  readonly steps: readonly StepTrace[];
  /** The workflow ids of the runs that it started. */
  readonly children: readonly string[];
  readonly attention: readonly AttentionTrace[];
  readonly updates: readonly UpdateTrace[];
  /** Names, in the order of arrival. */
  readonly signals: readonly string[];
  /** Temporal's own cancellation was requested. */
  readonly cancelRequested: boolean;
  /** Causes, as Temporal names them. */
  readonly taskFailures: readonly string[];
  readonly eventCount: number;
  readonly largestPayloadBytes: number;
  /** Everything in the history that can be read without a key. */
  readonly plainText: string;
}

/** The answer to one request to the HTTP API. Listed in the order of the requests. */
export interface CallerAnswer {
  readonly call: 'start' | 'status' | 'result' | 'cancel';
  readonly workflowId: string;
  readonly runId?: string;
  /** The HTTP status; null if no answer came. */
  readonly status: number | null;
  /** The input of a start, as it was sent. */
  readonly input?: unknown;
  /** A `RunStatus` (call `status`), an outcome (`result`) or a `CancelAnswer` (`cancel`). */
  readonly body?: unknown;
  readonly correlationId?: string;
  /** Who sent the request. With `operations` they may access runs of other users. */
  readonly caller?: { readonly user: string; readonly operations?: boolean };
}

/** The end of a process that served the run: a worker, or the Temporal server. */
export interface WorkerExit {
  readonly process: string;
  readonly signal: 'SIGTERM' | 'SIGKILL';
  readonly exitCode: number | null;
  readonly withinGrace: boolean;
}

/** Everything that the checker reads. A part that is left out means "there was none", not "do not check". */
export interface Evidence {
  readonly sandbox: SandboxEvidence;
  readonly runs?: readonly RunEvidence[];
  readonly answers?: readonly CallerAnswer[];
  readonly workers?: readonly WorkerExit[];
}
