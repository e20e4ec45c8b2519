import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { formatFiles, generateFiles, visitNotIgnoredFiles } from '@nx/devkit';
import { editsFor } from './edits.mjs';
import { namesOf } from './names.mjs';

/** @typedef {import('@nx/devkit').Tree} Tree */

const templates = join(import.meta.dirname, 'files');
const tests = 'libs/sandbox/src/specs';

/**
 * The folders and files that are a domain's alone.
 *
 * @param {string} name
 */
const ownPlaces = (name) => [
  `apps/${name}-worker`,
  `libs/contracts/src/${name}.ts`,
  `libs/service-clients/src/${name}.ts`,
  `libs/sandbox/src/services/${name}`,
  `${tests}/${name}.spec.ts`,
  `libs/checker/src/domains/${name}`,
  `tools/src/start/tour/${name}-cases.ts`,
];

/**
 * `npx nx g @longhaul/tools:worker parcel`: a worker with one workflow that works, for whoever begins a domain.
 *
 * @param {Tree} tree
 * @param {{ name: string }} options
 */
export async function makeWorker(tree, { name }) {
  const names = namesOf(name);
  const taken = ownPlaces(name).filter((path) => tree.exists(path));
  if (taken.length > 0) throw new Error(`There is something of this name already [${taken.join(', ')}]`);
  generateFiles(tree, templates, '.', { ...names, healthPort: freePort(tree) });
  for (const { file, add } of editsFor(names, freePort(tree))) tree.write(file, add(textOf(tree, file)));
  await formatFiles(tree);
  return () => derive(tree.root, true);
}

/**
 * `npx nx g @longhaul/tools:remove-worker parcel`: the other way round.
 *
 * @param {Tree} tree
 * @param {{ name: string }} options
 */
export async function removeWorker(tree, { name }) {
  const names = namesOf(name);
  if (!tree.exists(`apps/${name}-worker`)) throw new Error(`There is no such worker [apps/${name}-worker]`);
  for (const { file, remove } of editsFor(names, 0)) tree.write(file, remove(textOf(tree, file)));
  for (const path of ownPlaces(name)) {
    if (tree.isFile(path)) tree.delete(path);
    else visitNotIgnoredFiles(tree, path, (file) => tree.delete(file));
  }
  await formatFiles(tree);
  return () => derive(tree.root, false);
}

/**
 * @param {Tree} tree
 * @param {string} file
 */
function textOf(tree, file) {
  const text = tree.read(file, 'utf8');
  if (text === null) throw new Error(`There is no ${file}`);
  return text;
}

/** @param {Tree} tree */
function freePort(tree) {
  const ports = [...textOf(tree, 'apps/registry.mjs').matchAll(/\w*[pP]ort: (\d+)/g)].map(([, port]) => Number(port));
  return Math.max(...ports) + 1;
}

/**
 * What is written from the code: the lockfile, pages, and the runs that are kept.
 *
 * @param {string} root
 * @param {boolean} hasRuns
 */
function derive(root, hasRuns) {
  /** @param {string[]} command */
  const run = ([program = '', ...args]) =>
    execFileSync(program, args, { cwd: root, stdio: 'inherit', env: { ...process.env, PRICE: 'spec' } });
  run(['npm', 'install', '--package-lock-only', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']);
  run([
    'npx',
    'vitest',
    'run',
    'tools/src/house-rules/pages',
    'libs/checker/src/invariants-page',
    '--reporter=dot',
    '-u',
  ]);
  if (hasRuns) run(['npm', 'run', '--silent', 'histories:record']);
}
