import type { Child } from '@longhaul/testing/servers';

/** Starts a process and waits for the line that it prints when it is ready. Fails if it ends before. */
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

/** Rejects with the last output when the process ends. It need not be awaited. */
export function endOf(child: Child): Promise<never> {
  const ended = child.ended.then(() => Promise.reject(new Error(`${child.name} ended: ${child.tail()}`)));
  ended.catch(() => undefined);
  return ended;
}
