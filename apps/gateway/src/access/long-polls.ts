import { comeAgain } from '../http/problem.ts';

/** Holds a request for a caller until something comes of it, unless the caller has too many held already. */
export type HoldPoll = <T>(sub: string, poll: () => Promise<T>) => Promise<T>;

/** The limit of requests in a minute does not bound what is held: one that lasts is counted once. */
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
