import type { WorkflowInfo } from '@temporalio/workflow';

export function isReset({ runId, firstExecutionRunId, continuedFromExecutionRunId }: WorkflowInfo): boolean {
  return continuedFromExecutionRunId === undefined && runId !== firstExecutionRunId;
}
