import { setTimeout as sleep } from 'node:timers/promises';

const readyWithinMs = 60_000;
const lookAgainMs = 100;

/** Waits until the app says that it is ready. */
export async function untilReady(name: string, url: string): Promise<void> {
  const giveUpAt = Date.now() + readyWithinMs;
  let last = 'no answer';
  while (Date.now() < giveUpAt) {
    try {
      const answer = await fetch(url, { signal: AbortSignal.timeout(2_000) });
      const text = await answer.text();
      if (answer.ok) return;
      last = `${answer.status} ${text}`;
    } catch (error) {
      last = error instanceof Error ? error.message : String(error);
    }
    await sleep(lookAgainMs);
  }
  throw new Error(`${name} is not ready after ${readyWithinMs / 1_000} s [${url}]: ${last}`);
}
