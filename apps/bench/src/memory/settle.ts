import { setTimeout as pause } from 'node:timers/promises';
import { rssKb } from '../measure/proc.ts';

const lookEveryMs = 1_500;
const looksAtMost = 20;
/** Between two looks, as a share. */
const stillMoving = 0.002;

/** Resident memory once it no longer falls, each time after all threads have collected their garbage. */
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
