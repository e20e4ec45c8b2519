/** How something long tells those who wait for it. */
export interface Progress {
  /** What was there already. */
  readonly found: (line: string) => void;
  /** One line, worth keeping. */
  readonly say: (line: string) => void;
  /** Where it stands; called about once a second, and worth nothing a second later. */
  readonly tick: (text: string) => void;
}

const plainTickMs = 30_000;

/** For logs and CI: lines as they come, and a sign of life every half minute. */
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

/** For specs: silent as long as nothing takes long. */
export function tellOnlyWaits(): Progress {
  return { ...tellPlainly(), found: () => undefined };
}

/** Ticks with the time that has passed for as long as the work goes on. */
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
