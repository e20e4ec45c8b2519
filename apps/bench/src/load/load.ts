/** The load of a round. It is limited by time and number, so that it ends even if the tested system answers at once. */
export interface LoadShape {
  /** Each caller has one run in progress at a time. */
  readonly callers: number;
  readonly durationMs: number;
  readonly atMost: number;
}

export interface Load {
  readonly completed: number;
  readonly perSecond: number;
  readonly latenciesMs: readonly number[];
}

/** Keeps every caller busy for the given time. Runs in progress at its end are finished and counted. */
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
