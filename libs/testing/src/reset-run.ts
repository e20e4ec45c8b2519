import type { Client, WorkflowHandle } from '@temporalio/client';

/** Resets a run to the end of its first task, as an operator does. */
export async function resetRun(client: Client, { workflowId }: Pick<WorkflowHandle, 'workflowId'>): Promise<void> {
  const { namespace } = client.options;
  const { events } = await client.workflow.getHandle(workflowId).fetchHistory();
  const first = (events ?? []).find(({ workflowTaskCompletedEventAttributes: task }) => task);
  const { runId } = await client.workflow.getHandle(workflowId).describe();
  await client.workflowService.resetWorkflowExecution({
    namespace,
    workflowExecution: { workflowId, runId },
    reason: 'a spec',
    requestId: `reset-${runId}`,
    workflowTaskFinishEventId: first!.eventId!,
  });
}
