import { createHash, randomUUID } from 'node:crypto';
import type { InputOf, OutcomeOf, RunMemo, WorkflowContract } from '@longhaul/contracts';
import type { CallerAnswer } from '@longhaul/checker';
import type { Client, WorkflowHandle } from '@temporalio/client';

export interface StartOptions {
  /** `false` runs every step as a regular activity. Default: true. */
  readonly fastPath?: boolean;
  /** Sent together with the start, so that the run finds it when it begins. */
  readonly firstSignal?: { readonly name: string; readonly input: unknown };
  /** How long the server waits for a worker that has died in a workflow task, in milliseconds. Default: the server's. */
  readonly workflowTaskTimeoutMs?: number;
  /** Also when a run of this id has ended: as if it had done so before the time for which Temporal keeps runs. */
  readonly afterRetention?: boolean;
  /** Shorter waits than the story's own. */
  readonly waits?: RunMemo['waits'];
}

type RunOf<C extends WorkflowContract> = WorkflowHandle<(input: InputOf<C>) => Promise<OutcomeOf<C>>>;

/**
 * Starts a run as our client does, but with a client of the spec's own, which gives the run its time. The answer is what
 * the caller of the API would have been told.
 */
export async function startRun<C extends WorkflowContract>(
  { workflow }: Client,
  contract: C,
  input: InputOf<C>,
  { fastPath = true, firstSignal, workflowTaskTimeoutMs, afterRetention = false, waits }: StartOptions = {},
): Promise<{ run: RunOf<C>; answer: CallerAnswer }> {
  const memo: RunMemo = {
    inputDigest: createHash('sha256').update(JSON.stringify(input)).digest('hex'),
    correlationId: randomUUID(),
    fastPath,
    ...(waits && { waits }),
  };
  const start = {
    taskQueue: contract.queue,
    workflowId: contract.id.of(input),
    workflowIdReusePolicy: afterRetention ? ('ALLOW_DUPLICATE' as const) : ('REJECT_DUPLICATE' as const),
    ...(workflowTaskTimeoutMs !== undefined && { workflowTaskTimeout: workflowTaskTimeoutMs }),
    args: [input] as [InputOf<C>],
    memo: { ...memo },
  };
  const { workflowId } = await (firstSignal
    ? workflow.signalWithStart(contract.type, { ...start, signal: firstSignal.name, signalArgs: [firstSignal.input] })
    : workflow.start(contract.type, { ...start, workflowIdConflictPolicy: 'FAIL' }));
  return {
    run: workflow.getHandle<(input: InputOf<C>) => Promise<OutcomeOf<C>>>(workflowId),
    answer: { call: 'start', workflowId, status: 202, input, correlationId: memo.correlationId },
  };
}
