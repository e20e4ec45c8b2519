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
  const { workflow } = environment.client;
  const watched = new Set<string>();
  let stopped = false;

  async function watch(workflowId: string): Promise<void> {
    for (;;) {
      const { raw, closeTime } = await workflow.getHandle(workflowId).describe();
      const parentId = raw.workflowExecutionInfo?.parentExecution?.workflowId;
      if (!parentId || stopped) return;
      if (closeTime) {
        const heard = await parentHeard(parentId, workflowId);
        if (heard === 'yes') return;
        if (heard === 'never') {
          await environment.connection.testService?.unlockTimeSkipping({});
          return;
        }
      }
      await pause(lookEveryMs);
    }
  }

  async function parentHeard(parentId: string, workflowId: string): Promise<'yes' | 'not yet' | 'never'> {
    const parent = workflow.getHandle(parentId);
    const { status } = await parent.describe();
    const { events } = await parent.fetchHistory();
    const told = events?.some(
      ({ childWorkflowExecutionCompletedEventAttributes: ended }) =>
        ended?.workflowExecution?.workflowId === workflowId,
    );
    if (told) return 'yes';
    return status.name === 'RUNNING' ? 'not yet' : 'never';
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

const probeMs = 2_000;
const mostLocks = 20;

/**
 * The same server loses an unlock now and then, when a child ends in the very moment in which its parent closes. When nothing
 * is under way nobody has a right to a lock, so what is left of them is taken away. Call it only then.
 */
export async function freeClock(environment: TestWorkflowEnvironment): Promise<void> {
  if (!environment.supportsTimeSkipping) return;
  for (let locks = 0; locks < mostLocks && (await isLocked(environment)); locks += 1) {
    await environment.connection.testService?.unlockTimeSkipping({});
  }
}

/**
 * A clock that is locked takes as long as real time does. One look could be a machine that stood still for a moment, and a
 * lock that is taken away in vain lets the clock run past the deadlines of whatever is done later.
 */
async function isLocked(environment: TestWorkflowEnvironment): Promise<boolean> {
  for (let look = 1; look <= 2; look += 1) {
    const before = performance.now();
    await environment.sleep(probeMs);
    if (performance.now() - before < probeMs) return false;
  }
  return true;
}
