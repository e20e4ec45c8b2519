import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '@longhaul/testing/processes';
import { z } from 'zod';

/** A finished part, with its seed. */
const Done = z.object({
  part: z.string(),
  seed: z.number(),
  passed: z.number(),
  failures: z.array(z.string()),
  tookMs: z.number(),
});
export type Done = z.infer<typeof Done>;

const State = z.object({ seed: z.number(), done: z.array(Done) });
export type State = z.infer<typeof State>;

export const deepFolder = join(repository, '.local/deep');

/** The folder for the facts of one part. It is separate, so that an interrupted part is not counted twice. */
export const factsFolder = ({ part, seed }: Pick<Done, 'part' | 'seed'>): string =>
  join(deepFolder, 'facts', `${part}-${seed}`);

/** The state of an interrupted run; undefined if there is none to resume. */
export function stateBefore(folder = deepFolder): State | undefined {
  try {
    return State.parse(JSON.parse(readFileSync(join(folder, 'state.json'), 'utf8')));
  } catch {
    return undefined;
  }
}

/** Empties the folder. */
export function beginAnew(folder = deepFolder): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
}

/** Writes atomically, so that an interruption keeps the old state. */
export function keep(state: State, folder = deepFolder): void {
  const file = join(folder, 'state.json');
  writeFileSync(`${file}.new`, JSON.stringify(state, null, 2));
  renameSync(`${file}.new`, file);
}

/** The parts that are not done with this seed, in their order. */
export function leftOf<P extends { readonly name: string }>(
  parts: readonly P[],
  { seed: first, done }: State,
  seed = first,
): readonly P[] {
  return parts.filter(({ name }) => !done.some((one) => one.part === name && one.seed === seed));
}
