/** How slow work reports its progress. */
export interface Progress {
  /** Reports something that existed already. */
  readonly found: (line: string) => void;
  /** Prints a line that stays. */
  readonly say: (line: string) => void;
  /** Reports the present state, about once a second; the next tick replaces it. */
  readonly tick: (text: string) => void;
}

const plainTickMs = 30_000;

/** For logs and CI: prints all lines, and a tick every half minute. */
export function tellPlainly(write: (line: string) => void = console.error): Progress {
  let lastTickAt = Date.now();
  return {
    found: write,
    say: write,
    tick(text) {
      if (Date.now() - lastTickAt < plainTickMs) return;
      lastTickAt = Date.now();
      write(text);
    },
  };
}

/** For specs: prints only when something takes long. */
export function tellOnlyWaits(): Progress {
  return { ...tellPlainly(), found: () => undefined };
}

/** Reports the elapsed time while the work goes on. */
export async function ticking<T>(progress: Progress, what: string, work: Promise<T>): Promise<T> {
  const startedAt = Date.now();
  const timer = setInterval(() => progress.tick(`${what}: ${elapsed(Date.now() - startedAt)}`), 1_000);
  try {
    return await work;
  } finally {
    clearInterval(timer);
  }
}

export function elapsed(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
