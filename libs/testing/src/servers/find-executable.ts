import { withLock } from './lock.ts';
import { ticking, type Progress } from './progress.ts';

/** One way to get a program. */
export interface Way {
  /** Its name in messages. */
  readonly name: string;
  /** The user has chosen this way: if it fails, no other way is tried. */
  readonly binding?: boolean;
  /** How long it usually takes, for slow ways. Only one process at a time uses a slow way. */
  readonly takes?: string;
  /** Resolves with the path of the program; throws with the reason if this way does not work. */
  walk(): Promise<string>;
}

/** The way does not work, for a reason that needs no details. */
export class WayClosed extends Error {
  override readonly name = 'WayClosed';
}

export interface Search {
  /** The name of the program in messages. */
  readonly what: string;
  readonly ways: readonly Way[];
  /** The folder used as a lock, so that two processes do not build the same program. */
  readonly lock: string;
  /** What a person can do if no way works. */
  readonly advice: string;
}

const worthALineMs = 1_500;

/** Tries the ways in order and returns the first program found. Prints which way it was, and announces slow ones. */
export async function findExecutable(search: Search, progress: Progress): Promise<string> {
  const closed: string[] = [];
  const quick = search.ways.filter((way) => !way.takes);
  const found = await firstOf(search, quick, progress, closed);
  if (found) return found;
  const onWait = (pid: number) =>
    progress.say(`${search.what}: waiting for process ${pid}, which is already getting it`);
  return await withLock(search.lock, onWait, async () => {
    // The process that had the lock before may have put it where a fast way finds it.
    const made =
      (await firstOf(search, quick, progress, [])) ??
      (await firstOf(
        search,
        search.ways.filter((way) => way.takes),
        progress,
        closed,
      ));
    if (made) return made;
    throw new Error(`${search.what} could not be had. Tried, in this order:\n${closed.join('\n')}\n${search.advice}`);
  });
}

async function firstOf(search: Search, ways: readonly Way[], progress: Progress, closed: string[]) {
  for (const way of ways) {
    try {
      return await walk(search, way, progress);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      if (way.binding && !(error instanceof WayClosed)) {
        throw new Error(`${search.what}: ${way.name} cannot be used: ${reason}`, { cause: error });
      }
      closed.push(`  - ${way.name}: ${reason}`);
    }
  }
  return undefined;
}

async function walk(search: Search, way: Way, progress: Progress): Promise<string> {
  if (!way.takes) {
    const path = await way.walk();
    progress.found(`${search.what}: ${way.name} [${path}]`);
    return path;
  }
  // A way that does not work fails within a second, so only longer ones are announced.
  const announce = setTimeout(
    () => progress.say(`${search.what}: ${way.name}, which takes ${way.takes} this first time`),
    worthALineMs,
  );
  try {
    return await ticking(progress, `${search.what}: ${way.name} (${way.takes})`, way.walk());
  } finally {
    clearTimeout(announce);
  }
}
