import { dirname, join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { defaultOf, variablesIn } from './configs.fixture.ts';
import { exists, read, sources, syntaxOf, walk } from './repository.fixture.ts';
import { namesIn, rowsOf } from './tables.fixture.ts';

const declarations = sources.filter((path) =>
  /^(apps\/[^/]+\/src\/config|libs\/[^/]+\/src\/([^/]+-)?environment)\.ts$/.test(path),
);

/** The variables that a file declares: keys of object literals in capitals. */
function variablesOf(path: string): string[] {
  const names: string[] = [];
  walk(syntaxOf(path), (node) => {
    if (!ts.isPropertyAssignment(node) || !ts.isIdentifier(node.name)) return;
    if (/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$/.test(node.name.text)) names.push(node.name.text);
  });
  return names;
}

describe.each(declarations.filter((path) => variablesOf(path).length > 0))('the environment in %s', (path) => {
  const readme = join(dirname(path), '..', 'README.md');

  it('is documented in the README beside it, each variable', () => {
    const text = exists(readme) ? read(readme) : '';
    expect(variablesOf(path).filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
  });

  it('is documented with its defaults', async () => {
    const variables = await variablesIn(path);
    const told = rowsOf(readme).flatMap(([names = '', byDefault = '']) =>
      namesIn(names).map((name) => [name, byDefault.replaceAll('`', '').split(', ')] as const),
    );
    const wrong = Object.keys(variables)
      .map((name) => ({ name, byDefault: defaultOf(variables, name) }))
      .filter(({ byDefault }) => byDefault !== undefined)
      .filter(({ name, byDefault }) => !told.some(([row, cells]) => row === name && cells.includes(byDefault!)));
    expect(wrong).toEqual([]);
  });
});

it('is declared by every app that is started', () => {
  const apps = sources.filter((path) => /^apps\/(?!bench\/)[^/]+\/src\/main\.ts$/.test(path)).map(dirname);
  expect(apps.filter((folder) => variablesOf(join(folder, 'config.ts')).length === 0)).toEqual([]);
});
