import { check, RunMemo } from '@longhaul/contracts';
import { WorkflowNotFoundError, type WorkflowExecutionDescription } from '@temporalio/client';
import { RunNotFound } from './errors.ts';
import type { Temporal } from './temporal.ts';

/** What Temporal knows about a run without a worker. */
export interface RunDescription {
  readonly workflowId: string;
  readonly runId: string;
  /** The workflow's type name. */
  readonly type: string;
  readonly ended: 'completed' | 'failed' | 'cancelled' | 'terminated' | 'timed-out' | undefined;
  readonly startedAt: string;
  readonly endedAt: string | undefined;
  /** Undefined for a run that this package did not start. */
  readonly memo: RunMemo | undefined;
  /** The code of the attention of a parked run. */
  readonly attention: string | undefined;
}

const endings: Partial<Record<WorkflowExecutionDescription['status']['name'], RunDescription['ended']>> = {
  COMPLETED: 'completed',
  FAILED: 'failed',
  CANCELLED: 'cancelled',
  TERMINATED: 'terminated',
  TIMED_OUT: 'timed-out',
};

export async function describeRun(temporal: Temporal, workflowId: string, deadlineMs: number): Promise<RunDescription> {
  try {
    const found = await temporal.call(`describing a run [${workflowId}]`, deadlineMs, (client) =>
      client.workflow.getHandle(workflowId).describe(),
    );
    const memo = check(RunMemo, found.memo);
    const attention = found.typedSearchAttributes.getAll().find(({ key }) => key.name === 'LonghaulAttention')?.value;
    return {
      workflowId,
      runId: found.runId,
      type: found.type,
      ended: endings[found.status.name],
      startedAt: found.startTime.toISOString(),
      endedAt: found.closeTime?.toISOString(),
      memo: memo.ok ? memo.value : undefined,
      attention: typeof attention === 'string' ? attention : undefined,
    };
  } catch (error) {
    throw error instanceof WorkflowNotFoundError ? new RunNotFound(workflowId, error) : error;
  }
}
