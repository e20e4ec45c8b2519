import type { Child } from '@longhaul/testing/servers';

/** Starts a process and waits for the line with which it says that it is there. Fails when it ends without. */
export async function untilSaid(
  pattern: RegExp,
  start: (onLine: (line: string) => void) => Promise<Child>,
): Promise<{ readonly child: Child; readonly said: RegExpExecArray }> {
  let hear: (match: RegExpExecArray) => void = () => undefined;
  const said = new Promise<RegExpExecArray>((resolve) => (hear = resolve));
  const child = await start((line) => {
    const match = pattern.exec(line);
    if (match) hear(match);
  });
  return { child, said: await Promise.race([said, endOf(child)]) };
}

/** Fails when the process ends, with what it said last; nobody need wait for that. */
export function endOf(child: Child): Promise<never> {
  const ended = child.ended.then(() => Promise.reject(new Error(`${child.name} ended: ${child.tail()}`)));
  ended.catch(() => undefined);
  return ended;
}
