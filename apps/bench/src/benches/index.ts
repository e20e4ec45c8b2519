import type { BenchOptions } from '../options.ts';
import { say } from '../report.ts';
import type { Started } from '../started.ts';
import { boot } from './boot.ts';
import { fastPath } from './fast-path.ts';
import { intake } from './intake.ts';
import { kit } from './kit.ts';
import { lambda } from './lambda.ts';
import { memory } from './memory.ts';
import { profile } from './profile.ts';
import { topUp } from './top-up.ts';

export interface Bench {
  readonly name: string;
  readonly about: string;
  /** Answers its figures, for the JSON line. */
  readonly run: (options: BenchOptions, started: Started) => Promise<Record<string, unknown>>;
}

const benches: readonly Bench[] = [kit, fastPath, profile, boot, memory, intake, topUp, lambda];

/** Undefined when there is no such bench; what there is, is told. */
export function benchNamed(name: string | undefined): Bench | undefined {
  const bench = benches.find((one) => one.name === name);
  if (!bench) {
    if (name !== undefined) say(`There is no bench of that name [${name}]`);
    for (const one of benches) say(`  ${one.name.padEnd(10)} ${one.about}`);
  }
  return bench;
}
