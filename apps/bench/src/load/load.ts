/** How hard and how long. Bounded both ways: a system under test that answers at once must not make it run for ever. */
export interface LoadShape {
  /** Each has one run under way at a time. */
  readonly callers: number;
  readonly durationMs: number;
  readonly atMost: number;
}

export interface Load {
  readonly completed: number;
  readonly perSecond: number;
  readonly latenciesMs: readonly number[];
}

/** Keeps every caller busy for the time given. What is under way then is waited for, and counted with its time. */
export async function runLoad(shape: LoadShape, once: () => Promise<void>): Promise<Load> {
  const latenciesMs: number[] = [];
  const startedAt = performance.now();
  let begun = 0;
  const caller = async (): Promise<void> => {
    while (begun < shape.atMost && performance.now() - startedAt < shape.durationMs) {
      begun += 1;
      const begunAt = performance.now();
      await once();
      latenciesMs.push(performance.now() - begunAt);
    }
  };
  await Promise.all(Array.from({ length: shape.callers }, caller));
  const seconds = (performance.now() - startedAt) / 1_000;
  return { completed: latenciesMs.length, perSecond: latenciesMs.length / seconds, latenciesMs };
}
