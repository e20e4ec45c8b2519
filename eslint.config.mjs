import { createProjectGraphAsync } from '@nx/devkit';
import nx from '@nx/eslint-plugin';
import { defineConfig } from 'eslint/config';
import prettier from 'eslint-config-prettier';
import { tsImport } from 'tsx/esm/api';
import { configs } from 'typescript-eslint';
import { depConstraints } from './tools/nx/borders.mjs';

/** @type {typeof import('./tools/src/lint/index.ts')} */
const { plugin: longhaul } = await tsImport('./tools/src/lint/index.ts', import.meta.url);

// Without the graph of projects the rule on borders passes everything: on a fresh clone there is none yet, later it may be
// an old one. A target of Nx has just made it.
if (!process.env.NX_TASK_TARGET_PROJECT) await createProjectGraphAsync();

/** One program for `eslint .` takes two thirds of the time of one for each project; a project alone is served by its own. */
const wholeRepository = process.argv.includes('.');

const specs = ['**/*.spec.ts', '**/*.fixture.ts'];
const workflowCode = ['apps/*/src/workflows/**/*.ts', 'libs/workflow-kit/src/**/*.ts'];

/** Where the environment is read: once for a process, into something typed. */
const environmentReaders = [
  'apps/*/src/config.ts',
  'apps/bench/**',
  'libs/process-kit/src/run-process.ts',
  'libs/testing/**',
  'tools/**',
  'vitest.config.ts',
  'eslint.config.mjs',
  ...specs,
];

/** Programs that a person runs and reads. Everything else logs. */
const speakers = ['apps/bench/**', 'tools/**', 'libs/testing/**', 'libs/worker-kit/src/bundle.ts'];

/** @param {boolean} inSpecs */
const borders = (inSpecs) => [
  'error',
  {
    depConstraints: depConstraints(inSpecs),
    // It belongs to no project: what reads it may not all import one another.
    allow: ['/apps/registry\\.mjs$'],
    // A library's specs use the harness, which uses the library.
    ignoredCircularDependencies: [['*', '@longhaul/testing']],
    checkDynamicDependenciesExceptions: ['.*'],
  },
];

export default defineConfig(
  { ignores: ['**/dist/**', '**/node_modules/**', '.nx/**', '.local/**', 'coverage/**'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error', noInlineConfig: true } },
  configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        ...(wholeRepository ? { project: './tsconfig.json' } : { projectService: true }),
        tsconfigRootDir: import.meta.dirname,
      },
    },
    plugins: { '@nx': nx, longhaul },
    rules: {
      '@nx/enforce-module-boundaries': borders(false),
      'longhaul/steps-through-kit': 'error',
      'no-console': 'error',
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'The environment is read once, in a config file.' },
      ],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // `return reply(…)` ends a branch on one line.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      // `noUncheckedIndexedAccess` is on: `!` is the claim that the index is known to be there.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // It takes what a callback changed meanwhile for impossible.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      eqeqeq: 'error',
    },
  },
  { files: workflowCode, ignores: specs, rules: { 'longhaul/workflow-imports': 'error' } },
  {
    files: ['libs/workflow-kit/src/**/*.ts', 'libs/testing/src/time/*.fixture.ts', 'apps/bench/src/**/*.ts'],
    rules: { 'longhaul/steps-through-kit': ['error', { proxiesAllowed: true }] },
  },
  {
    files: specs,
    rules: {
      '@nx/enforce-module-boundaries': borders(true),
      // `expect.any(String)` and its like are typed as any.
      '@typescript-eslint/no-unsafe-assignment': 'off',
    },
  },
  { files: environmentReaders, rules: { 'no-restricted-properties': 'off' } },
  { files: speakers, rules: { 'no-console': 'off' } },
  { files: ['**/*.mjs'], ...configs.disableTypeChecked },
  prettier,
);
