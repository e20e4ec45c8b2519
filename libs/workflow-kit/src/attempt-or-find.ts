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
 * `attempt` is told whether there may have been another before it. A refusal is then no proof that nothing was done: it may
 * be the earlier one, come about late, that leaves nothing to do. Such a refusal is thrown, and what was done is looked for
 * as long as after a lost answer.
 *
 * What comes back can be called again, after an operator's word for instance: it then begins with looking.
 */
export function attemptOrFind<T>(
  attempt: (notTheFirst: boolean) => Promise<T>,
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
      const notTheFirst = attempted;
      attempted = true;
      try {
        return await attempt(notTheFirst);
      } catch (failure) {
        if (isCancellation(failure)) throw failure;
        const final = isFinal(failure);
        const found = await look(final && !notTheFirst ? 0 : settleMs);
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
