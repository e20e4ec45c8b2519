import type { SandboxEvidence } from './sandbox-evidence.ts';

/** A step as a run's history shows it. */
export interface StepTrace {
  readonly step: string;
  /** Done inside the workflow task. One that never came to its marker (worker killed) leaves no trace at all. */
  readonly local: boolean;
  /** As the step was called with; null where the history does not hold it (local attempts, encrypted payloads). */
  readonly key: string | null;
  /** `abandoned`: told to stop, and not waited for. */
  readonly state: 'open' | 'completed' | 'failed' | 'timed-out' | 'cancelled' | 'abandoned';
  readonly code: string | null;
  readonly result: unknown;
  /** Attempts that the server gave up waiting for, as far as the history tells. */
  readonly lostAttempts: number;
}

/** One time that a run waited for a person. */
export interface AttentionTrace {
  readonly code: string;
  readonly owner: string | null;
  /** The step that had failed just before. */
  readonly step: string | null;
  /** From that failure to the attention, in milliseconds. Null when the run had gone on since. */
  readonly raisedAfterMs: number | null;
  readonly settled: boolean;
  /** An operator did the step's work instead of the run. */
  readonly settledByHand: boolean;
}

export interface UpdateTrace {
  readonly name: string;
  readonly input: unknown;
  /** Undefined while there is none, and when the handler failed. */
  readonly answer: unknown;
}

export type RunStatusName =
  'running' | 'completed' | 'failed' | 'timed-out' | 'terminated' | 'cancelled' | 'continued-as-new';

/** One run of a workflow, digested from its history by `runEvidence`. */
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
  /** The ids of the runs that it started. */
  readonly children: readonly string[];
  readonly attention: readonly AttentionTrace[];
  readonly updates: readonly UpdateTrace[];
  /** Names, in the order of arrival. */
  readonly signals: readonly string[];
  /** Temporal's own cancellation was asked for. */
  readonly cancelRequested: boolean;
  /** Causes, as Temporal names them. */
  readonly taskFailures: readonly string[];
  readonly eventCount: number;
  readonly largestPayloadBytes: number;
  /** Everything in the history that can be read without a key. */
  readonly plainText: string;
}

/** What one request to the HTTP API was told. Listed in the order of the requests. */
export interface CallerAnswer {
  readonly call: 'start' | 'status' | 'result' | 'cancel';
  readonly workflowId: string;
  readonly runId?: string;
  /** The HTTP status; null when no answer came. */
  readonly status: number | null;
  /** The start's input, as it was sent. */
  readonly input?: unknown;
  /** A `RunStatus` (status), an outcome (result), a `CancelAnswer` (cancel). */
  readonly body?: unknown;
  readonly correlationId?: string;
  /** Who asked. `operations` may touch what is not theirs. */
  readonly caller?: { readonly user: string; readonly operations?: boolean };
}

/** The end of a process that served the run: a worker, or the Temporal server. */
export interface WorkerExit {
  readonly process: string;
  readonly signal: 'SIGTERM' | 'SIGKILL';
  readonly exitCode: number | null;
  readonly withinGrace: boolean;
}

/** All that the checker looks at. What is left out counts as "there was none", never as "not to be judged". */
export interface Evidence {
  readonly sandbox: SandboxEvidence;
  readonly runs?: readonly RunEvidence[];
  readonly answers?: readonly CallerAnswer[];
  readonly workers?: readonly WorkerExit[];
}
