import { setTimeout as pause } from 'node:timers/promises';
import { rssKb } from '../measure/proc.ts';

const lookEveryMs = 1_500;
const looksAtMost = 20;
/** The share by which two measurements may differ. */
const stillMoving = 0.002;

/** Resident memory after garbage collection in all threads, measured until it no longer falls. */
export async function settledRssKb(pid: number): Promise<number> {
  let least = Infinity;
  for (let look = 0; look < looksAtMost; look += 1) {
    process.kill(pid, 'SIGHUP');
    await pause(lookEveryMs);
    const now = await rssKb(pid);
    if (now > least * (1 - stillMoving)) return Math.min(now, least);
    least = now;
  }
  return least;
}
