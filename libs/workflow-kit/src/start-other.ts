import type { InputOf, RunMemo, WorkflowContract } from '@longhaul/contracts';
import type { WorkflowFace } from '@longhaul/contracts/workflow';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { log, ParentClosePolicy, startChild, WorkflowIdReusePolicy } from '@temporalio/workflow';
import type { Run } from './run.ts';

/**
 * Starts another run that goes its own way: it outlives this one, and parks by itself. Its id is made from its input, so
 * that one which is there already is the one that was meant.
 */
export async function startOther<C extends WorkflowContract>(
  run: Run,
  contract: WorkflowFace<C>,
  input: InputOf<C>,
): Promise<void> {
  const workflowId = contract.idOf(input);
  // No caller has sent this input, so there is no digest that a caller could meet.
  const memo: RunMemo = {
    inputDigest: `started by ${run.workflowId}`,
    correlationId: run.correlationId,
    fastPath: run.fastPath,
  };
  try {
    await startChild(contract.type, {
      workflowId,
      taskQueue: contract.queue,
      args: [input],
      memo: { ...memo },
      workflowIdReusePolicy: WorkflowIdReusePolicy.REJECT_DUPLICATE,
      parentClosePolicy: ParentClosePolicy.ABANDON,
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    log.info(`Already started: ${workflowId}`, { correlationId: run.correlationId });
  }
}
