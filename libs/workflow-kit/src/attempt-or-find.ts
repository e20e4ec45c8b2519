import { isCancellation, sleep } from '@temporalio/workflow';
import { askedToWaitMs, isFinal } from './fault.ts';

export interface Lookup {
  /**
   * How long an effect may still come about after its attempt was given up, in milliseconds. Only then does "it is not
   * there" mean that it will not be there.
   */
  readonly settleMs: number;
  /** Longest time for all attempts together, in milliseconds. */
  readonly patienceMs: number;
  /** Somebody may have made an attempt already: it is looked for before there is another. Default: false. */
  readonly lookFirst?: boolean;
}

const firstPauseMs = 1_000;
const lookAgainMs = 10_000;

/**
 * A step that may not be done twice, and that the other side does not do once for each key. When nobody knows what became of
 * an attempt, it is looked for; another attempt is only made of what is not there. `find` gives undefined for that.
 *
 * What comes back can be called again, after an operator's word for instance: it then begins with looking.
 */
export function attemptOrFind<T>(
  attempt: () => Promise<T>,
  find: () => Promise<T | undefined>,
  { settleMs, patienceMs, lookFirst = false }: Lookup,
): () => Promise<T> {
  let attempted = lookFirst;
  const look = (waitMs: number) => findSettled(find, waitMs);

  return async () => {
    const giveUpAt = Date.now() + patienceMs;
    const before = attempted ? await look(settleMs) : undefined;
    if (before !== undefined) return before;
    for (;;) {
      try {
        attempted = true;
        return await attempt();
      } catch (failure) {
        if (isCancellation(failure)) throw failure;
        const final = isFinal(failure);
        const found = await look(final ? 0 : settleMs);
        if (found !== undefined) return found;
        const waitMs = Math.max(askedToWaitMs(failure), firstPauseMs);
        if (final || Date.now() + waitMs >= giveUpAt) throw failure;
        await sleep(waitMs);
      }
    }
  };
}

/** What became of it: undefined only when it has not come about in all the time that it may have needed. */
export async function findSettled<T>(find: () => Promise<T | undefined>, settleMs: number): Promise<T | undefined> {
  const settledAt = Date.now() + settleMs;
  for (;;) {
    const found = await find();
    const leftMs = settledAt - Date.now();
    if (found !== undefined || leftMs <= 0) return found;
    await sleep(Math.min(leftMs, lookAgainMs));
  }
}
