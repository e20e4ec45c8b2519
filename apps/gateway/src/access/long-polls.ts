import { comeAgain } from '../http/problem.ts';

/** Runs a long poll of a caller, unless the caller has too many already. */
export type HoldPoll = <T>(sub: string, poll: () => Promise<T>) => Promise<T>;

/** Limits the long polls of each caller. The limit per minute does not, because it counts each long poll only once. */
export function longPolls(most: number): HoldPoll {
  const held = new Map<string, number>();
  return async (sub, poll) => {
    const others = held.get(sub) ?? 0;
    if (others >= most) {
      throw comeAgain('too-many-requests', `This caller waits for ${most} results already.`, 1);
    }
    held.set(sub, others + 1);
    try {
      return await poll();
    } finally {
      const left = held.get(sub)! - 1;
      if (left > 0) held.set(sub, left);
      else held.delete(sub);
    }
  };
}
