/**
 * Infers what can be done with a project from the files in its folder, so that a project needs no configuration beyond
 * its package.json and tsconfig.json. Plain JavaScript, because Nx loads a plugin before anything could transpile it.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { scopeOf } from './borders.mjs';

const runTypeScript = 'node --conditions=@longhaul/source --import tsx';

/** It lies in no project, and most of them use it through the harness. */
const registry = '{workspaceRoot}/apps/registry.mjs';

/** @typedef {{ name: string, private?: boolean, dependencies?: Record<string, string> }} Manifest */
/** @typedef {Record<string, import('@nx/devkit').TargetConfiguration>} Targets */

/** @type {import('@nx/devkit').CreateNodes} */
export const createNodes = [
  '{apps/*,libs/*,tools}/package.json',
  (packageFiles, _options, context) =>
    packageFiles.map((packageFile) => {
      const root = dirname(packageFile);
      const project = { root, ...describe(join(context.workspaceRoot, root), root) };
      return [packageFile, { projects: { [root]: project } }];
    }),
];

/**
 * @param {string} folder
 * @param {string} root
 * @returns {Omit<import('@nx/devkit').ProjectConfiguration, 'root'>}
 */
function describe(folder, root) {
  const manifest = /** @type {Manifest} */ (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')));
  const kind = root.startsWith('apps/') ? 'app' : root.startsWith('libs/') ? 'lib' : 'tools';
  return {
    ...(kind !== 'tools' && { projectType: kind === 'app' ? 'application' : 'library' }),
    tags: [`kind:${kind}`, `scope:${scopeOf(manifest.name)}`],
    targets: { ...checks(root), ...build(folder, root, kind, manifest), ...specs(folder, root) },
  };
}

/**
 * @param {string} root
 * @returns {Targets}
 */
function checks(root) {
  return {
    types: command(`tsc -p ${root}`, { cache: true, inputs: ['default', '^default', registry] }),
    lint: command(`eslint --max-warnings 0 ${root}`, {
      cache: true,
      inputs: [
        'default',
        '^default',
        registry,
        '{workspaceRoot}/eslint.config.mjs',
        '{workspaceRoot}/tools/nx/**/*',
        '{workspaceRoot}/tools/src/lint/**/*',
      ],
    }),
  };
}

/**
 * An app is built when it has a `main.ts`, a library when others install it. All other libraries are source.
 *
 * @param {string} folder
 * @param {string} root
 * @param {string} kind
 * @param {Manifest} manifest
 * @returns {Targets}
 */
function build(folder, root, kind, manifest) {
  const builtApp = kind === 'app' && existsSync(join(folder, 'src/main.ts'));
  const published = kind === 'lib' && manifest.private !== true;
  if (!builtApp && !published) return {};
  // A published library compiles against the declarations of those it will be installed with.
  const installedWith = Object.keys(manifest.dependencies ?? {}).filter((name) => name.startsWith('@longhaul/'));
  return {
    build: command(`${runTypeScript} tools/src/build/main.ts ${root}`, {
      cache: true,
      inputs: ['production', '^production', '{workspaceRoot}/tools/src/build/**/*'],
      outputs: ['{projectRoot}/dist'],
      ...(published && installedWith.length > 0 && { dependsOn: [{ projects: installedWith, target: 'build' }] }),
    }),
  };
}

/**
 * The suffix of a spec is its price: in memory, with a Temporal server, with real processes. `.deep.spec` has no target: it
 * belongs to `npm run test:deep`.
 *
 * @param {string} folder
 * @param {string} root
 * @returns {Targets}
 */
function specs(folder, root) {
  const files = existsSync(join(folder, 'src'))
    ? readdirSync(join(folder, 'src'), { recursive: true }).map(String)
    : [];
  const priced = { test: 'spec', 'test-int': 'int', 'test-e2e': 'e2e' };
  const prices = new Set(files.map(priceOf));
  return Object.fromEntries(
    Object.entries(priced)
      .filter(([, price]) => prices.has(price))
      .map(([target, price]) => [
        target,
        command(`vitest run ${root}/`, {
          // Server specs run three files at a time, and real processes are many: beside another target they only wait.
          ...(price !== 'spec' && { parallelism: false }),
          // Real processes depend on too much outside of the repository.
          cache: price !== 'e2e',
          inputs: [...inputsOfSpecs(root), ...(price === 'int' ? inputsOfServerSpecs : [])],
          env: { PRICE: price },
          // Real processes run from what was built: workflows from their bundle, the house from every app's main.
          ...(price === 'int' && { dependsOn: ['build'] }),
          ...(price === 'e2e' && { dependsOn: [{ projects: ['tag:kind:app'], target: 'build' }] }),
        }),
      ]),
  );
}

/**
 * @param {string} file
 * @returns {string | undefined}
 */
function priceOf(file) {
  const found = /(?:\.(int|e2e|deep))?\.spec\.ts$/.exec(file);
  return found ? (found[1] ?? 'spec') : undefined;
}

/**
 * The rules of the house are specs of `tools` that read every file.
 *
 * @param {string} root
 * @returns {string[]}
 */
function inputsOfSpecs(root) {
  return [
    'default',
    '^default',
    registry,
    '{workspaceRoot}/vitest.config.ts',
    ...(root === 'tools' ? ['{workspaceRoot}/**/*'] : []),
  ];
}

/**
 * A project's folder and its libraries hold the recorded histories; the harness holds the server's version, and is used by
 * each run of server specs whether a file imports it or not; what is built holds the workflows' bundle.
 *
 * @type {NonNullable<import('@nx/devkit').TargetConfiguration['inputs']>}
 */
const inputsOfServerSpecs = [
  '{workspaceRoot}/libs/testing/src/**/*',
  '{workspaceRoot}/tools/src/build/**/*',
  { dependentTasksOutputFiles: '**/*' },
  { env: 'LONGHAUL_MODES' },
  { env: 'TEMPORAL_TEST_SERVER' },
];

/**
 * @param {string} line
 * @param {{ env?: Record<string, string> } & import('@nx/devkit').TargetConfiguration} target
 */
function command(line, { env, ...target }) {
  return {
    executor: 'nx:run-commands',
    options: { command: line, ...(env ? { env } : {}) },
    ...target,
  };
}
