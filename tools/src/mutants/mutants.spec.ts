import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { tracked } from '../house-rules/repository.fixture.ts';
import { mutants } from './mutants.ts';

const repository = resolve(import.meta.dirname, '../../..');

// A defect that cannot be made any more would be seen by nobody, and nobody would notice.
const named = mutants.map((mutant) => [mutant.defect, mutant] as const);
it.each(named)('%s: can be made in one place, and its spec is there', (_defect, { file, find, replace, seenBy }) => {
  const parts = readFileSync(join(repository, file), 'utf8').split(find);
  expect(parts, `"${find}" in ${file}`).toHaveLength(2);
  expect(parts.join(replace)).not.toBe(parts.join(find));
  expect(tracked).toContain(seenBy.file);
});

it('each defect has a name of its own', () => {
  expect(new Set(mutants.map(({ defect }) => defect)).size).toBe(mutants.length);
});
