import { rename } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { bundleWorkflowCode, type BundleOptions } from '@temporalio/worker';
import { build } from 'esbuild';

const require = createRequire(import.meta.url);
const tolerantConverter = join(import.meta.dirname, 'payload-converter.ts');
const contractsDoor = '@longhaul/contracts/workflow';

export interface WorkflowBundleOptions {
  /** The file whose exports are the workflows, as an absolute path. */
  readonly workflowsPath: string;
  /** Adds the interceptors that carry trace context through a workflow. Default: no. They cost memory and CPU. */
  readonly tracing?: boolean;
  /** More interceptors, by the absolute paths of their files. Default: none. */
  readonly interceptorModules?: readonly string[];
  /** Told of each module that went in; for the rule that nothing else may. */
  readonly onModule?: (path: string) => void;
}

/**
 * One file with all workflows of a worker, made at build time: bundling takes seconds, and at boot it would also hang on
 * whatever version of the bundler is installed there.
 */
export async function bundleWorkflows(options: WorkflowBundleOptions): Promise<string> {
  const closedContracts = await closeContracts();
  const { code } = await bundleWorkflowCode({
    workflowsPath: options.workflowsPath,
    logger: quiet,
    preloadModules: [closedContracts],
    payloadConverterPath: tolerantConverter,
    workflowInterceptorModules: [
      createRequire(options.workflowsPath).resolve('@longhaul/workflow-kit/interceptors'),
      ...(options.tracing
        ? [require.resolve('@temporalio/interceptors-opentelemetry/lib/workflow-interceptors.js')]
        : []),
      ...(options.interceptorModules ?? []),
    ],
    webpackConfigHook: (config) => ({
      ...config,
      module: { ...config.module, rules: config.module?.rules?.map(compiledForThisNode) ?? [] },
      resolve: {
        ...config.resolve,
        conditionNames: ['@longhaul/source', 'import', 'require', 'node', 'default'],
        alias: Object.assign({}, config.resolve?.alias, { [`${contractsDoor}$`]: closedContracts }),
      },
      plugins: [...(config.plugins ?? []), ...(options.onModule ? [listModules(options.onModule)] : [])],
    }),
  });
  return code;
}

/**
 * The contracts and zod as one closed module. Preloaded, it is there once for all workflows of a worker instead of once
 * for each; see `@longhaul/contracts/workflow` for why it has to be closed.
 */
async function closeContracts(): Promise<string> {
  const source = require.resolve(contractsDoor);
  // In a folder that no build empties: the contracts' own `dist` may be rebuilt at the same moment.
  const target = join(import.meta.dirname, '..', 'dist', 'workflow-closed.cjs');
  const draft = `${target}.${process.pid}`;
  await build({
    entryPoints: [source],
    outfile: draft,
    bundle: true,
    minify: true,
    format: 'cjs',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    target: 'node20',
    conditions: ['@longhaul/source'],
    logLevel: 'error',
  });
  // Several builds may run at once: each sees a whole file, and all write the same one.
  await rename(draft, target);
  return target;
}

interface CompilerRule {
  readonly use: { readonly options?: { readonly jsc?: object } };
}

/**
 * The SDK has workflows compiled for the engines of 2017. A class then brings helpers and a WeakMap for each private
 * field, and that once for each cached workflow.
 */
function compiledForThisNode<Rule>(rule: Rule): Rule {
  const { use } = rule as CompilerRule;
  if (!use.options?.jsc) return rule;
  return { ...rule, use: { ...use, options: { ...use.options, jsc: { ...use.options.jsc, target: 'es2022' } } } };
}

type Plugin = NonNullable<ReturnType<NonNullable<BundleOptions['webpackConfigHook']>>['plugins']>[number];

function listModules(onModule: (path: string) => void): Plugin {
  return (compiler) => {
    compiler.hooks.compilation.tap('longhaul', (compilation) => {
      compilation.hooks.succeedModule.tap('longhaul', (module) => {
        const path = module.nameForCondition();
        if (path) onModule(path);
      });
    });
  };
}

const nothing = (): void => undefined;
const quiet = { log: nothing, trace: nothing, debug: nothing, info: nothing, warn: console.warn, error: console.error };
