import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '@longhaul/testing/processes';
import { z } from 'zod';

/** A part that was run to its end, with one seed. */
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

/** Where the specs of one part write down what they met; of its own, so that a part that was stopped counts once. */
export const factsFolder = ({ part, seed }: Pick<Done, 'part' | 'seed'>): string =>
  join(deepFolder, 'facts', `${part}-${seed}`);

/** What a run that was stopped has done; undefined when there is none to go on with. */
export function stateBefore(folder = deepFolder): State | undefined {
  try {
    return State.parse(JSON.parse(readFileSync(join(folder, 'state.json'), 'utf8')));
  } catch {
    return undefined;
  }
}

/** An empty folder. */
export function beginAnew(folder = deepFolder): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
}

/** Written whole, so that a stop in the middle leaves what was there before. */
export function keep(state: State, folder = deepFolder): void {
  const file = join(folder, 'state.json');
  writeFileSync(`${file}.new`, JSON.stringify(state, null, 2));
  renameSync(`${file}.new`, file);
}

/** What is left to do of these parts with this seed, in their order. */
export function leftOf<P extends { readonly name: string }>(
  parts: readonly P[],
  { seed: first, done }: State,
  seed = first,
): readonly P[] {
  return parts.filter(({ name }) => !done.some((one) => one.part === name && one.seed === seed));
}
