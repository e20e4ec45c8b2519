import { say } from '../report.ts';
import type { Bench } from './bench.ts';
import { boot } from './boot.ts';
import { fastPath } from './fast-path.ts';
import { intake } from './intake.ts';
import { kit } from './kit.ts';
import { lambda } from './lambda.ts';
import { memory } from './memory.ts';
import { profile } from './profile.ts';
import { topUp } from './top-up.ts';

const benches: readonly Bench[] = [kit, fastPath, profile, boot, memory, intake, topUp, lambda];

/** Undefined if there is no such bench; then the known ones are printed. */
export function benchNamed(name: string | undefined): Bench | undefined {
  const bench = benches.find((one) => one.name === name);
  if (!bench) {
    if (name !== undefined) say(`There is no bench with this name [${name}]`);
    for (const one of benches) say(`  ${one.name.padEnd(10)} ${one.about}`);
  }
  return bench;
}
