import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { build } from 'esbuild';
import { packagesNeeded } from './packages.ts';

export interface Tree {
  readonly packages: readonly string[];
}

/** Makes a folder with the content of an app's image: its bundles, and the packages that they load from disk. */
export async function assembleTree(root: string, app: string, folder: string): Promise<Tree> {
  const dist = join(root, 'apps', app, 'dist');
  const main = join(dist, 'main.js');
  if (!existsSync(main)) throw new Error(`The app is not built: npm run build makes it [${main}]`);
  if (existsSync(folder) && (await readdir(folder)).length > 0) throw new Error(`The folder is not empty [${folder}]`);
  await mkdir(folder, { recursive: true });
  // Lambda functions are uploaded separately.
  await cp(dist, folder, { recursive: true, filter: (path) => !/lambda\.mjs(\.map)?$/.test(path) });
  await writeFile(join(folder, 'package.json'), `${JSON.stringify({ name: app, private: true, type: 'module' })}\n`);

  const packages = packagesNeeded(root, await packagesLoadedBy(main));
  for (const path of packages) {
    const nested = join(root, path, 'node_modules');
    await cp(join(root, path), join(folder, path), { recursive: true, filter: (from) => !from.startsWith(nested) });
  }
  await keepThisPlatform(join(folder, 'node_modules/@temporalio/core-bridge/releases'));
  return { packages };
}

/** The packages that a bundle imports, statically or dynamically. */
async function packagesLoadedBy(bundle: string): Promise<readonly string[]> {
  const { metafile } = await build({
    entryPoints: [bundle],
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'silent',
  });
  const imports = Object.values(metafile.inputs).flatMap((input) => input.imports.map(({ path }) => path));
  const names = imports.filter((path) => /^(@|[a-z])/.test(path) && !isBuiltin(path)).map(packageOf);
  return [...new Set(names)];
}

const packageOf = (path: string): string => path.split('/', path.startsWith('@') ? 2 : 1).join('/');

/** Removes Temporal's native code for other platforms, which takes 30 MB each. */
async function keepThisPlatform(releases: string): Promise<void> {
  if (!existsSync(releases)) return;
  const machine = process.arch === 'arm64' ? 'aarch64' : 'x86_64';
  const others = (await readdir(releases)).filter(
    (name) => !(name.startsWith(machine) && name.includes(process.platform)),
  );
  for (const name of others) await rm(join(releases, name), { recursive: true });
}
