import { workflowInfo, type WorkflowInterceptorsFactory } from '@temporalio/workflow';
import { msToTs } from '@temporalio/common/lib/time.js';

/**
 * Part of every bundle. The time within which a local attempt has to end (`localShare` in steps.ts) counts from the start
 * of its workflow task, so that all attempts of a task share it. The SDK's core keeps it: it cuts off an attempt that
 * outlasts it, and refuses one that comes after it before any worker sees it. So a task never has to be carried over
 * (docs/decisions/0021), also where the worker is starved.
 */
export const interceptors: WorkflowInterceptorsFactory = () => {
  let task = { atEvent: -1, startedAtMs: 0 };
  const taskStartedAtMs = (): number => {
    const { historyLength: atEvent, taskTimeoutMs, unsafe } = workflowInfo();
    if (task.atEvent !== atEvent) task = { atEvent, startedAtMs: startOf(Date.now(), unsafe.now(), taskTimeoutMs) };
    return task.startedAtMs;
  };
  return {
    outbound: [
      {
        scheduleLocalActivity: (input, next) => next({ ...input, originalScheduleTime: msToTs(taskStartedAtMs()) }),
      },
    ],
  };
};

/**
 * The server's word on when it started the task, which may be some time ago on a busy worker; but not when the two clocks
 * disagree by more than a task can last.
 */
function startOf(serverSaysMs: number, nowMs: number, taskTimeoutMs: number): number {
  return serverSaysMs < nowMs && serverSaysMs > nowMs - taskTimeoutMs ? serverSaysMs : nowMs;
}
