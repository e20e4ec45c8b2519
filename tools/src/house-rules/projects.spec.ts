import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { borders } from '../../nx/borders.mjs';
import { createNodes } from '../../nx/plugin.mjs';
import { at, manifest, projects, read, tracked } from './repository.fixture.ts';

describe.each(projects)('the project %s', (folder) => {
  it('has one tag for its type and one for its scope', async () => {
    const [, infer] = createNodes;
    const context = { nxJsonConfiguration: {}, workspaceRoot: at('.') };
    const [nodes] = await infer([join(folder, 'package.json')], undefined, context);
    const tags = nodes?.[1].projects?.[folder]?.tags ?? [];
    const scope = tags.find((tag) => tag.startsWith('scope:'))?.slice('scope:'.length);
    expect(tags).toContainEqual(expect.stringMatching(/^kind:(app|lib|tools)$/));
    expect(Object.keys(borders)).toContain(scope);
  });

  it('has no configuration but package.json and tsconfig.json', () => {
    const beside = tracked.filter(
      (path) => path.startsWith(`${folder}/`) && !path.slice(folder.length + 1).includes('/'),
    );
    const configuration = beside.filter((path) => /\.(json|js|cjs|mjs|ts|ya?ml)$/.test(path));
    expect(configuration.sort()).toEqual([`${folder}/package.json`, `${folder}/tsconfig.json`]);
  });
});

it('the table of allowed imports has only existing projects', () => {
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

  it('have exact versions', () => {
    expect(wanted.filter(({ version }) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
  });

  it('have the same version wherever they are used', () => {
    const versions = versionsOf(wanted);
    expect([...versions].filter(([, found]) => found.size > 1).map(([name, found]) => [name, ...found])).toEqual([]);
  });

  it('are locked without the host from which they came', () => {
    expect(read('package-lock.json').match(/"resolved": "https?:.*/g) ?? []).toEqual([]);
  });
});

/** npm may leave out packages for other platforms; `npm ci` would then refuse the lockfile there. */
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
