import { setTimeout as pause } from 'node:timers/promises';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { ActivityInterceptorsFactory } from '@temporalio/worker';

const lookEveryMs = 25;

/**
 * The time-skipping server locks its clock for a moment when a child ends, and leaves the unlocking to the parent. A parent
 * that has closed never does it (TestWorkflowMutableStateImpl, "notify parent"), and from then on no time is skipped. So
 * the runs that do steps here are watched: for one that outlived its parent, we unlock.
 */
export function unlockAfterOrphans(environment: TestWorkflowEnvironment): {
  readonly interceptor: ActivityInterceptorsFactory;
  readonly stop: () => void;
} {
  const watched = new Set<string>();
  let stopped = false;

  async function watch(workflowId: string): Promise<void> {
    const { workflow } = environment.client;
    for (;;) {
      const { raw, closeTime } = await workflow.getHandle(workflowId).describe();
      const parentId = raw.workflowExecutionInfo?.parentExecution?.workflowId;
      if (!parentId || stopped) return;
      if (closeTime) {
        const parent = await workflow.getHandle(parentId).describe();
        const orphaned = parent.closeTime !== undefined && parent.closeTime <= closeTime;
        if (orphaned) await environment.connection.testService?.unlockTimeSkipping({});
        return;
      }
      await pause(lookEveryMs);
    }
  }

  return {
    interceptor: ({ info }) => ({
      inbound: {
        async execute(input, next) {
          const workflowId = info.workflowExecution?.workflowId;
          if (workflowId !== undefined && !watched.has(workflowId)) {
            watched.add(workflowId);
            // A house that closes takes the server from under it.
            watch(workflowId).catch((error: unknown) => {
              if (!stopped) throw error;
            });
          }
          return next(input);
        },
      },
    }),
    stop: () => {
      stopped = true;
    },
  };
}
