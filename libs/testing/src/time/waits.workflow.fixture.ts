import {
  ActivityCancellationType,
  condition,
  defineSignal,
  proxyLocalActivities,
  setHandler,
} from '@temporalio/workflow';

const minuteMs = 60_000;
const { timeForServices } = proxyLocalActivities<{ timeForServices(call: object): Promise<number> }>({
  startToCloseTimeout: '5 seconds',
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
});

/** Waits up to ten minutes for a signal. Returns how long it waited, and the time of its services since its start. */
export async function waits(): Promise<{ told: boolean; waitedMs: number; servicesMs: number }> {
  const startedAt = Date.now();
  let told = false;
  setHandler(defineSignal('go'), () => void (told = true));
  await condition(() => told, 10 * minuteMs);
  const waitedMs = Date.now() - startedAt;
  const servicesMs = (await timeForServices({ key: 'waits/timeForServices', correlationId: 'c' })) - startedAt;
  return { told, waitedMs, servicesMs };
}
