import type { Worker } from '@temporalio/worker';
import type { Logger } from 'pino';

/**
 * Runs all workers of a process until it is told to stop, and drains them together. If one worker ends earlier, all are stopped,
 * because a process that polls only some of its queues would look alive.
 */
export async function runUntilStopped(
  workers: readonly Pick<Worker, 'run' | 'shutdown' | 'getState'>[],
  stop: AbortSignal,
  log: Pick<Logger, 'info'>,
): Promise<void> {
  const drain = (): void => {
    const running = workers.filter((worker) => worker.getState() === 'RUNNING');
    if (running.length === 0) return;
    log.info('Draining: no new work, what runs may finish');
    for (const worker of running) worker.shutdown();
  };
  const runs = workers.map((worker) => worker.run().finally(drain));
  if (stop.aborted) drain();
  else stop.addEventListener('abort', drain, { once: true });
  const ends = await Promise.allSettled(runs);
  const fault = ends.find((end) => end.status === 'rejected');
  if (fault) throw fault.reason;
}
