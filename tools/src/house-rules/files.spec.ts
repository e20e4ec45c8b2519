import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { read, tracked } from './repository.fixture.ts';

const linesAtMost = 250;

const code = tracked.filter((path) => /\.(ts|mjs|cjs|js)$/.test(path));
/** Text files that people write. Recorded runs and the lockfile are generated. */
const text = tracked.filter(
  (path) => /\.(ts|mjs|json|md|ya?ml|sh)$|^\.ci\/|^CODEOWNERS$|^\.npmrc$/.test(path) && !/\/histories\//.test(path),
);

/** Without this file, which contains what it forbids. */
const others = (paths: readonly string[]): string[] => paths.filter((path) => basename(path) !== 'files.spec.ts');

function linesWith(paths: readonly string[], forbidden: RegExp): string[] {
  return others(paths).flatMap((path) =>
    read(path)
      .split('\n')
      .flatMap((line, index) => (forbidden.test(line) ? [`${path}:${index + 1} ${line.trim()}`] : [])),
  );
}

describe('every file of code', () => {
  it(`has at most ${linesAtMost} lines`, () => {
    const long = code.map((path) => ({ path, lines: read(path).trimEnd().split('\n').length }));
    expect(long.filter(({ lines }) => lines > linesAtMost)).toEqual([]);
  });

  it('has a name in kebab-case', () => {
    expect(code.map((path) => basename(path)).filter((name) => !/^[a-z0-9]+([-.][a-z0-9]+)*$/.test(name))).toEqual([]);
  });

  it('has only named exports, except configuration files, whose tools need a default export', () => {
    const free = code.filter((path) => !/(^|\/)[a-z.]+\.config\.(ts|mjs)$/.test(path));
    expect(linesWith(free, /^\s*export default\b/)).toEqual([]);
  });

  it('has no notes about unfinished work and disables no check', () => {
    expect(linesWith(code, /\b(TODO|FIXME|HACK)\b/)).toEqual([]);
    expect(
      linesWith(code, /eslint-disable|@ts-(ignore|nocheck|expect-error)|prettier-ignore|(v8|c8|istanbul) ignore/),
    ).toEqual([]);
  });
});

it('runs every spec: none is skipped, none runs alone', () => {
  const specs = code.filter((path) => path.endsWith('.spec.ts'));
  expect(
    linesWith(specs, /\b(it|test|describe|suite|bench)(\.\w+)*\.(skip|only|todo|fails)\b|\bx(it|describe)\(/),
  ).toEqual([]);
});

it('names no folder of the machine that it was written on', () => {
  expect(linesWith(text, /(?<![\w.}/])\/(home|Users|root|work)\/[\w.-]/)).toEqual([]);
});

it('names no package registry, because every installation may use another one', () => {
  expect(linesWith(text, /https?:\/\/[^\s/'"]*\b(registry|artifactory|verdaccio|nexus)\b[^\s/'"]*\//)).toEqual([]);
});
