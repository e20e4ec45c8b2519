import { idempotencyKey } from '@longhaul/contracts/workflow';
import type { Queue, StepCall } from '@longhaul/contracts';
import {
  ActivityCancellationType,
  CancellationScope,
  isCancellation,
  proxyActivities,
  proxyLocalActivities,
  sleep,
  workflowInfo,
} from '@temporalio/workflow';
import { askedToWaitMs, asStepFailure, isFinal } from './fault.ts';
import type { Run } from './run.ts';

/** How a step is done. */
export type StepPolicy = Patience & (Read | Keyed | Unsafe);

/** It has no effect. It is never local: what it read has to be on record before the story acts on it. */
interface Read {
  readonly kind: 'read';
  readonly fast?: never;
}

/** It has one, and the other side does it once for each key: it may be tried again, and a lost answer costs nothing. */
interface Keyed {
  readonly kind: 'keyed';
  /**
   * One local attempt first (see `local`). Only for a step that this very worker serves and that can be taken
   * back: a worker may be killed before what a local attempt did is on record.
   */
  readonly fast?: boolean;
}

/**
 * It has one, and a second attempt may be a second effect. One attempt, and whoever calls it finds out what became of it
 * before there is another (`attemptOrFind`).
 */
interface Unsafe {
  readonly kind: 'unsafe';
  readonly fast?: never;
}

interface Patience {
  /** Served by another worker's queue. Default: this workflow's own. */
  readonly queue?: Queue;
  /** Longest time for one attempt, in milliseconds; a little more than the HTTP deadline of the call inside. */
  readonly attemptTimeoutMs?: number;
  /** Longest time for all attempts together, in milliseconds. When it passes the step has failed. */
  readonly patienceMs: number;
  /** Longest pause between two attempts, in milliseconds. */
  readonly longestPauseMs?: number;
}

/** Longest time for one local attempt. */
const localAttemptMs = 1_500;
/**
 * Longest time for all local attempts of a workflow task, as a share of the task's own (10 s by default). The SDK carries a
 * task over at 0.8 of it. A message waits behind the local attempts: a cancel gets its answer within this time.
 */
const localShare = 0.5;
const defaultAttemptTimeoutMs = 10_000;
const defaultLongestPauseMs = 30_000;

type Activity<Input, Result> = (call: StepCall, input: Input) => Promise<Result>;

interface StepOptions {
  /** Tells apart the effects of a step that the story takes more than once. */
  readonly sequence?: number;
  /** Instead of the policy's patience, when the story knows better. */
  readonly patienceMs?: number;
}

export type Steps<Activities> = {
  readonly [Name in keyof Activities]: Activities[Name] extends Activity<infer Input, infer Result>
    ? (input: Input, options?: StepOptions) => Promise<Result>
    : never;
};

export type StepPolicies<Activities> = { readonly [Name in keyof Activities]: StepPolicy };

/** The activities of a story as its steps. Each carries its key, `<workflow id>/<step>`, and is seen in the run's status. */
export function stepsOf<Activities>(run: Run, policies: StepPolicies<Activities>): Steps<Activities> {
  const entries = Object.entries<StepPolicy>(policies).map(([name, policy]) => [
    name,
    (input: unknown, options: StepOptions = {}) => {
      const call = { key: idempotencyKey(run.workflowId, name, options.sequence), correlationId: run.correlationId };
      const patienceMs = options.patienceMs ?? policy.patienceMs;
      const attemptMs = run.attemptMs(policy.attemptTimeoutMs ?? defaultAttemptTimeoutMs);
      const patiently = (leftMs: number) => patient(name, policy, { leftMs, attemptMs }, call, input);
      return policy.fast && run.fastPath
        ? run.step(name, patienceMs, () => local(name, call, input), otherwise(name, patienceMs, patiently))
        : run.step(name, patienceMs, () => patiently(patienceMs));
    },
  ]);
  return Object.fromEntries(entries) as Steps<Activities>;
}

/**
 * What follows a local attempt that did not end well: the same step as a regular activity **with the same key**, with what
 * is left of its patience. Whatever the local attempt may have done downstream is then found there, not done again.
 */
function otherwise(
  name: string,
  patienceMs: number,
  patiently: (leftMs: number) => Promise<unknown>,
): (failure: unknown) => Promise<unknown> {
  return async (failure) => {
    if (isCancellation(failure)) throw failure;
    const waitMs = askedToWaitMs(failure);
    if (isFinal(failure) || waitMs >= patienceMs) throw asStepFailure(name, failure);
    if (waitMs > 0) await sleep(waitMs);
    return patiently(patienceMs - waitMs);
  };
}

/**
 * One attempt inside the workflow task under a tight deadline: no task for the server, a fraction of time and CPU. One that
 * has begun is never cancelled, only waited for: when a local attempt's end crosses its cancel, the SDK fails the task,
 * or leaves a history that cannot be replayed, and the run with it (docs/decisions/0015).
 */
function local(name: string, call: StepCall, input: unknown): Promise<unknown> {
  const activities = proxyLocalActivities<Record<string, Activity<unknown, unknown>>>({
    startToCloseTimeout: localAttemptMs,
    // From the start of the workflow task: see local-attempts.interceptor.ts.
    scheduleToCloseTimeout: localShare * workflowInfo().taskTimeoutMs,
    retry: { maximumAttempts: 1 },
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
  });
  const attempt = () => activities[name]!(call, input);
  return CancellationScope.current().consideredCancelled ? attempt() : CancellationScope.nonCancellable(attempt);
}

function patient(
  name: string,
  policy: StepPolicy,
  { leftMs, attemptMs }: { readonly leftMs: number; readonly attemptMs: number },
  call: StepCall,
  input: unknown,
): Promise<unknown> {
  const activities = proxyActivities<Record<string, Activity<unknown, unknown>>>({
    ...(policy.queue && { taskQueue: policy.queue }),
    startToCloseTimeout: attemptMs,
    scheduleToCloseTimeout: leftMs,
    retry: {
      initialInterval: '1 second',
      backoffCoefficient: 2,
      maximumInterval: policy.longestPauseMs ?? defaultLongestPauseMs,
      ...(policy.kind === 'unsafe' && { maximumAttempts: 1 }),
    },
    cancellationType: cancellationOf(policy),
  });
  return activities[name]!(call, input);
}

/** An effect is waited for, so that its undo comes after it; nobody needs the end of a read. */
function cancellationOf(policy: StepPolicy): ActivityCancellationType {
  return policy.kind === 'read'
    ? ActivityCancellationType.TRY_CANCEL
    : ActivityCancellationType.WAIT_CANCELLATION_COMPLETED;
}
