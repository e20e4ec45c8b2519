/** Work in the background that is repeated for as long as it is asked for while it runs: no request is missed. */
export interface Wakeable {
  readonly wake: () => void;
  /** Wakes it, and resolves when the work that was asked for up to now is done. */
  readonly drained: () => Promise<void>;
  /** Resolves when it rests. */
  readonly rests: () => Promise<void>;
}

export function wakeable(work: () => Promise<void>, onError: (error: unknown) => void): Wakeable {
  let working: Promise<void> | undefined;
  let again = false;

  async function workOn(): Promise<void> {
    try {
      do {
        again = false;
        await work();
      } while (again);
    } catch (error) {
      onError(error);
    } finally {
      // Without an `await` since the last look at `again`: a request between the two would be missed.
      working = undefined;
    }
  }

  const wake = () => {
    again = true;
    working ??= workOn();
  };
  return {
    wake,
    drained: async () => {
      wake();
      await working;
    },
    rests: async () => working,
  };
}
