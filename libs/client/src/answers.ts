import { check } from '@longhaul/contracts';
import { WorkflowNotFoundError, WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure, CancelledFailure, TerminatedFailure, TimeoutFailure } from '@temporalio/common';
import type { z } from 'zod';
import { describeRun } from './describe.ts';
import {
  MessageRefused,
  NoWorkerAnswer,
  RunFinished,
  TemporalRefused,
  Unavailable,
  UnexpectedAnswer,
} from './errors.ts';
import { serverDeadlineMs, type Temporal } from './temporal.ts';

/** A worker may take long, but Temporal answers at once or is down. After this time Temporal is checked. */
const patienceMs = 2_000;
const lookMs = 1_000;

/** One call to Temporal. The signal aborts it when its answer is no longer needed. */
type Ask<T> = (signal: AbortSignal) => Promise<T>;

/** Ends the wait for a worker if Temporal itself does not answer. */
class Away extends Error {}

async function whileThere<T>(temporal: Temporal, workflowId: string, ask: Ask<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const givenUp = new AbortController();
  const away = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      describeRun(temporal, workflowId, lookMs).catch((cause: unknown) => {
        if (!(cause instanceof Unavailable)) return;
        reject(new Away('Temporal is silent', { cause }));
        givenUp.abort();
      });
    }, patienceMs);
  });
  try {
    return await Promise.race([ask(givenUp.signal), away]);
  } finally {
    clearTimeout(timer);
  }
}

/** Waits for a worker's answer. The error says whether the worker or Temporal did not answer, or the run has ended. */
export async function workerAnswer<T>(what: string, workflowId: string, temporal: Temporal, ask: Ask<T>): Promise<T> {
  try {
    return await whileThere(temporal, workflowId, ask);
  } catch (error) {
    if (error instanceof Away) throw error.cause;
    if (error instanceof WorkflowUpdateFailedError) {
      const code = failureCode(error.cause);
      if (code === 'AcceptedUpdateCompletedWorkflow') throw new RunFinished(workflowId, error);
      throw new MessageRefused(what, workflowId, code, error);
    }
    const silent =
      error instanceof Unavailable || error instanceof TemporalRefused || error instanceof WorkflowNotFoundError;
    if (!silent) throw error;
    const { ended } = await describeRun(temporal, workflowId, serverDeadlineMs);
    if (ended) throw new RunFinished(workflowId, error);
    throw new NoWorkerAnswer(what, workflowId, error);
  }
}

export function parsed<Schema extends z.ZodType>(
  what: string,
  workflowId: string,
  schema: Schema,
  raw: unknown,
): z.output<Schema> {
  const checked = check(schema, raw);
  if (!checked.ok) throw new UnexpectedAnswer(what, workflowId, checked.issues);
  return checked.value;
}

/** The code of what ended a run or refused a message. */
export function failureCode(cause: unknown): string {
  if (cause instanceof ApplicationFailure) return cause.type ?? 'unknown-failure';
  if (cause instanceof CancelledFailure) return 'cancelled';
  if (cause instanceof TerminatedFailure) return 'terminated';
  if (cause instanceof TimeoutFailure) return 'timed-out';
  return 'unknown-failure';
}
