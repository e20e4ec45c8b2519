import { dirname, join } from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { read, tracked } from './repository.fixture.ts';

const files = new Set(tracked.filter((path) => /^(apps|libs|tools)\/.*\.(ts|mjs)$/.test(path)));
const imports = new Map([...files].map((path) => [path, importedBy(path)]));

/** The imports of a file inside its project, including type imports. Lint rules check imports between projects. */
function importedBy(path: string): readonly string[] {
  return ts
    .preProcessFile(read(path), true, true)
    .importedFiles.filter(({ fileName }) => fileName.startsWith('.'))
    .map(({ fileName }) => join(dirname(path), fileName))
    .filter((imported) => files.has(imported));
}

function leadsBackTo(path: string): boolean {
  const reached = new Set(imports.get(path));
  for (const file of reached) for (const imported of imports.get(file)!) reached.add(imported);
  return reached.has(path);
}

it('no files import each other in a circle', () => {
  expect([...files].filter(leadsBackTo)).toEqual([]);
});
