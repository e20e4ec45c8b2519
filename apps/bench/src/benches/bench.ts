import type { BenchOptions } from '../options.ts';
import type { Started } from '../started.ts';

export interface Bench {
  readonly name: string;
  readonly about: string;
  /** Returns its figures, for the JSON line. */
  readonly run: (options: BenchOptions, started: Started) => Promise<Record<string, unknown>>;
}
