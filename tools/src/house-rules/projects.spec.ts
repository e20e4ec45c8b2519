import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { borders } from '../../nx/borders.mjs';
import { createNodes } from '../../nx/plugin.mjs';
import { at, manifest, projects, read, tracked } from './repository.fixture.ts';

describe.each(projects)('the project %s', (folder) => {
  it('has a tag that says what it is and one that the borders know', async () => {
    const [, infer] = createNodes;
    const context = { nxJsonConfiguration: {}, workspaceRoot: at('.') };
    const [nodes] = await infer([join(folder, 'package.json')], undefined, context);
    const tags = nodes?.[1].projects?.[folder]?.tags ?? [];
    const scope = tags.find((tag) => tag.startsWith('scope:'))?.slice('scope:'.length);
    expect(tags).toContainEqual(expect.stringMatching(/^kind:(app|lib|tools)$/));
    expect(Object.keys(borders)).toContain(scope);
  });

  it('is configured by its package.json and tsconfig.json alone', () => {
    const beside = tracked.filter(
      (path) => path.startsWith(`${folder}/`) && !path.slice(folder.length + 1).includes('/'),
    );
    const configuration = beside.filter((path) => /\.(json|js|cjs|mjs|ts|ya?ml)$/.test(path));
    expect(configuration.sort()).toEqual([`${folder}/package.json`, `${folder}/tsconfig.json`]);
  });
});

it('keeps the table of borders to projects that exist', () => {
  expect(projects.map((folder) => manifest(folder).name.replace('@longhaul/', '')).sort()).toEqual(
    Object.keys(borders).sort(),
  );
});

describe('dependencies', () => {
  const wanted = ['.', ...projects].flatMap((folder) => {
    const { dependencies = {}, devDependencies = {} } = manifest(folder);
    return Object.entries({ ...dependencies, ...devDependencies }).map(([name, version]) => ({
      folder,
      name,
      version,
    }));
  });

  it('are exact', () => {
    expect(wanted.filter(({ version }) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
  });

  it('have the same version wherever they are used', () => {
    const versions = versionsOf(wanted);
    expect([...versions].filter(([, found]) => found.size > 1).map(([name, found]) => [name, ...found])).toEqual([]);
  });

  it('are locked without naming the host that they came from', () => {
    expect(read('package-lock.json').match(/"resolved": "https?:.*/g) ?? []).toEqual([]);
  });
});

/** npm leaves out what it cannot find where it runs; `npm ci` then refuses the lockfile everywhere. */
it('locks the binaries of every platform', () => {
  const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, LockedPackage> };
  const wanted = Object.values(packages).flatMap((entry) => Object.keys(entry.optionalDependencies ?? {}));
  const locked = new Set(Object.keys(packages).map((path) => path.slice(path.lastIndexOf('node_modules/') + 13)));
  expect(wanted.filter((name) => !locked.has(name))).toEqual([]);
});

interface LockedPackage {
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

function versionsOf(wanted: readonly { name: string; version: string }[]): Map<string, Set<string>> {
  const versions = new Map<string, Set<string>>();
  for (const { name, version } of wanted) versions.set(name, (versions.get(name) ?? new Set()).add(version));
  return versions;
}
