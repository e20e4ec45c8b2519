import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

/**
 * The packages that these packages need at run time, as paths under `root` like `node_modules/a/node_modules/b`, resolved like
 * Node does. npm cannot be used for it: in a workspace it includes development packages that only specs use.
 */
export function packagesNeeded(root: string, names: readonly string[]): readonly string[] {
  const found = new Set<string>();
  const need = (name: string, from: string, optional: boolean): void => {
    const path = find(root, name, from);
    if (path === undefined) {
      if (optional) return;
      throw new Error(`A package is not installed: run npm ci [${name}, needed by ${from || 'the app'}]`);
    }
    if (found.has(path)) return;
    found.add(path);
    const manifest = JSON.parse(readFileSync(join(root, path, 'package.json'), 'utf8')) as Manifest;
    const { dependencies = {}, optionalDependencies = {}, peerDependencies = {}, peerDependenciesMeta = {} } = manifest;
    for (const each of Object.keys(dependencies)) need(each, path, each in optionalDependencies);
    for (const each of Object.keys(optionalDependencies)) need(each, path, true);
    for (const each of Object.keys(peerDependencies)) need(each, path, peerDependenciesMeta[each]?.optional ?? false);
  };
  for (const name of names) need(name, '', false);
  return [...found].toSorted();
}

/** Searches the `node_modules` of `from` and of all folders above it. */
function find(root: string, name: string, from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const path = join(folder === '.' ? '' : folder, 'node_modules', name);
    if (existsSync(join(root, path, 'package.json'))) return path;
    if (folder === '' || folder === '.') return undefined;
  }
}
