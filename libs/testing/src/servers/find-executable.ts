import { withLock } from './lock.ts';
import { ticking, type Progress } from './progress.ts';

/** One way to come by a program. */
export interface Way {
  /** As it stands in the report when no way works. */
  readonly name: string;
  /** Somebody named this one on purpose: when it does not work, nothing else is tried. */
  readonly binding?: boolean;
  /** How long it usually takes, when one will notice. Such a way is walked by one process at a time. */
  readonly takes?: string;
  /** The path of a program that can be started; throws with the reason when this way is closed. */
  walk(): Promise<string>;
}

/** The way is closed, for a reason that needs no explanation of where. */
export class WayClosed extends Error {
  override readonly name = 'WayClosed';
}

export interface Search {
  /** What is looked for, as it stands in messages. */
  readonly what: string;
  readonly ways: readonly Way[];
  /** The folder that keeps two processes from building the same thing. */
  readonly lock: string;
  /** What a person can do when no way works. */
  readonly advice: string;
}

const worthALineMs = 1_500;

/** Walks the ways in order and answers the first program found. Says in one line which way it was, before a long one. */
export async function findExecutable(search: Search, progress: Progress): Promise<string> {
  const closed: string[] = [];
  const quick = search.ways.filter((way) => !way.takes);
  const found = await firstOf(search, quick, progress, closed);
  if (found) return found;
  const onWait = (pid: number) =>
    progress.say(`${search.what}: waiting for process ${pid}, which is getting it already`);
  return await withLock(search.lock, onWait, async () => {
    // Whoever held the lock before us may have put it where a quick way finds it.
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
  // A way that is closed answers within a second; only one that goes on is worth telling.
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
