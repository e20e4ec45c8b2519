import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { formatFiles, generateFiles, visitNotIgnoredFiles } from '@nx/devkit';
import { namesOf } from './names.mjs';
import { workerEdits } from './worker/edits.mjs';
import { workflowEdits } from './workflow/edits.mjs';

/** @typedef {import('@nx/devkit').Tree} Tree */
/** @typedef {import('./names.mjs').Names} Names */
/** @typedef {import('./text-edits.mjs').TextEdit} TextEdit */

/**
 * `npx nx g @longhaul/tools:worker parcel`: a worker with one workflow that works, for whoever begins a domain.
 *
 * @param {Tree} tree
 * @param {{ name: string }} options
 */
export async function makeWorker(tree, { name }) {
  const domain = namesOf(name);
  refuseTaken(tree, [`apps/${name}-worker`, ...placesOf(domain, domain)]);
  const healthPort = freePort(tree);
  generate(tree, 'worker', domain, domain, { healthPort });
  generate(tree, 'workflow', domain, domain);
  apply(tree, 'add', [...workerEdits(domain, healthPort), ...workflowEdits(domain, domain)]);
  await formatFiles(tree);
  return () => derive(tree.root, true);
}

/**
 * `npx nx g @longhaul/tools:workflow weighing --domain parcel`: the same for a worker that there is.
 *
 * @param {Tree} tree
 * @param {{ name: string, domain: string }} options
 */
export async function makeWorkflow(tree, { name, domain: of }) {
  const [names, domain] = [namesOf(name), namesOf(of)];
  refuseWithoutStories(tree, domain);
  refuseTaken(tree, placesOf(names, domain));
  generate(tree, 'workflow', names, domain);
  apply(tree, 'add', workflowEdits(names, domain));
  await formatFiles(tree);
  return () => derive(tree.root, true);
}

/**
 * The other way round.
 *
 * @param {Tree} tree
 * @param {{ name: string }} options
 */
export async function removeWorker(tree, { name }) {
  const domain = namesOf(name);
  refuseWithoutStories(tree, domain);
  const others = storiesIn(tree, domain).filter((story) => story !== `register-${name}`);
  if (others.length > 0) throw new Error(`It has other workflows: take them away first [${others.join(', ')}]`);
  apply(tree, 'remove', [...workflowEdits(domain, domain), ...workerEdits(domain, 0)]);
  [`apps/${name}-worker`, ...placesOf(domain, domain)].forEach((path) => remove(tree, path));
  await formatFiles(tree);
  return () => derive(tree.root, false);
}

/**
 * @param {Tree} tree
 * @param {{ name: string, domain: string }} options
 */
export async function removeWorkflow(tree, { name, domain: of }) {
  const [names, domain] = [namesOf(name), namesOf(of)];
  const story = `apps/${of}-worker/src/workflows/register-${name}.workflow.ts`;
  if (!tree.exists(story)) throw new Error(`There is no such workflow [${story}]`);
  if (name === of) throw new Error(`It is the worker's own: npx nx g @longhaul/tools:remove-worker ${of}`);
  apply(tree, 'remove', workflowEdits(names, domain));
  placesOf(names, domain).forEach((path) => remove(tree, path));
  for (const file of tree.children(`apps/${of}-worker/histories`)) {
    if (file.startsWith(`${name}-`)) tree.delete(`apps/${of}-worker/histories/${file}`);
  }
  await formatFiles(tree);
  return () => derive(tree.root, false);
}

/**
 * The files and folders that are a workflow's alone.
 *
 * @param {Names} names
 * @param {Names} domain
 */
function placesOf({ name }, domain) {
  const app = `apps/${domain.name}-worker/src`;
  const ofStory = ['workflow', 'rules', 'rules.spec', 'int.spec', 'matrix.int.spec'];
  return [
    `${app}/${name}`,
    `${app}/workflows/${name}.policies.ts`,
    ...ofStory.map((kind) => `${app}/workflows/register-${name}.${kind}.ts`),
    `libs/contracts/src/${name}.ts`,
    `libs/service-clients/src/${name}.ts`,
    `libs/sandbox/src/services/${name}`,
    `libs/sandbox/src/specs/${name}.spec.ts`,
    `libs/checker/src/domains/${name}`,
    `tools/src/start/tour/${name}-cases.ts`,
  ];
}

/**
 * @param {Tree} tree
 * @param {readonly string[]} places
 */
function refuseTaken(tree, places) {
  const taken = places.filter((path) => tree.exists(path));
  if (taken.length > 0) throw new Error(`There is something of this name already [${taken.join(', ')}]`);
}

/**
 * @param {Tree} tree
 * @param {Names} domain
 */
function refuseWithoutStories(tree, { name }) {
  const stories = `apps/${name}-worker/src/workflows/index.ts`;
  if (!tree.exists(stories)) throw new Error(`There is no worker with workflows of this name [${stories}]`);
}

/**
 * @param {Tree} tree
 * @param {Names} domain
 */
function storiesIn(tree, { name }) {
  const text = textOf(tree, `apps/${name}-worker/src/workflows/index.ts`);
  return [...text.matchAll(/'\.\/(.*)\.workflow\.ts'/g)].map(([, story]) => String(story));
}

/**
 * @param {Tree} tree
 * @param {'worker' | 'workflow'} kind
 * @param {Names} names
 * @param {Names} domain
 * @param {object} also
 */
function generate(tree, kind, names, domain, also = {}) {
  const words = { ...names, ...also, domain: domain.name, domainCamel: domain.camel };
  generateFiles(tree, join(import.meta.dirname, kind, 'files'), '.', words);
}

/**
 * @param {Tree} tree
 * @param {'add' | 'remove'} how
 * @param {readonly TextEdit[]} edits
 */
function apply(tree, how, edits) {
  for (const edit of edits) tree.write(edit.file, edit[how](textOf(tree, edit.file)));
}

/**
 * @param {Tree} tree
 * @param {string} path
 */
function remove(tree, path) {
  if (tree.isFile(path)) tree.delete(path);
  else visitNotIgnoredFiles(tree, path, (file) => tree.delete(file));
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
  const pages = ['tools/src/house-rules/pages', 'libs/checker/src/invariants-page'];
  const env = { ...process.env, PRICE: 'spec' };
  /** @type {(program: string, ...args: string[]) => void} */
  const run = (program, ...args) => void execFileSync(program, args, { cwd: root, stdio: 'inherit', env });
  run('npm', 'install', '--package-lock-only', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error');
  run('npx', 'vitest', 'run', ...pages, '--reporter=dot', '-u');
  if (hasRuns) run('npm', 'run', '--silent', 'histories:record');
}
