import { createHash, randomUUID } from 'node:crypto';
import type { InputOf, OutcomeOf, RunMemo, WorkflowContract } from '@longhaul/contracts';
import type { CallerAnswer } from '@longhaul/checker';
import type { Client, WorkflowHandle } from '@temporalio/client';

export interface StartOptions {
  /** `false` runs every step as a regular activity. Default: true. */
  readonly fastPath?: boolean;
  /** A signal that is sent together with the start, so that the run has it from the beginning. */
  readonly firstSignal?: { readonly name: string; readonly input: unknown };
  /** After what time the server notices that a worker has died in a workflow task, in milliseconds. Default: the server's. */
  readonly workflowTaskTimeoutMs?: number;
  /** Starts a new run although one with this id has ended, as if the retention of the namespace had passed. */
  readonly afterRetention?: boolean;
  /** Overrides the story's waits. */
  readonly waits?: RunMemo['waits'];
}

type RunOf<C extends WorkflowContract> = WorkflowHandle<(input: InputOf<C>) => Promise<OutcomeOf<C>>>;

/**
 * Starts a run like our client, but with the spec's own client, which sets how time passes in the run. Returns what a caller of
 * the API would have been answered.
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
