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

/** Waits ten minutes for a signal, and says how long it was and what time its services were told, from its beginning. */
export async function waits(): Promise<{ told: boolean; waitedMs: number; servicesMs: number }> {
  const startedAt = Date.now();
  let told = false;
  setHandler(defineSignal('go'), () => void (told = true));
  await condition(() => told, 10 * minuteMs);
  const waitedMs = Date.now() - startedAt;
  const servicesMs = (await timeForServices({ key: 'waits/timeForServices', correlationId: 'c' })) - startedAt;
  return { told, waitedMs, servicesMs };
}
