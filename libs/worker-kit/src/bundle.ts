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
  /** Adds the interceptors for trace context. They cost memory and CPU. Default: false. */
  readonly tracing?: boolean;
  /** More interceptors, by the absolute paths of their files. Default: none. */
  readonly interceptorModules?: readonly string[];
  /** Called for each bundled module, for the rule about what a bundle may contain. */
  readonly onModule?: (path: string) => void;
}

/**
 * Bundles all workflows of a worker into one file at build time. At start it would take seconds, and depend on the installed
 * version of the bundler.
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
 * Compiles contracts and zod into one module, which is preloaded once for all workflows of a worker instead of once for each.
 * `@longhaul/contracts/workflow` explains why its exports must not contain zod objects.
 */
async function closeContracts(): Promise<string> {
  const source = require.resolve(contractsDoor);
  // In a folder that no build empties, because the `dist` of the contracts may be rebuilt at the same time.
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
  // Atomic, because several builds may write and read the file at the same time; all write the same content.
  await rename(draft, target);
  return target;
}

interface CompilerRule {
  readonly use: { readonly options?: { readonly jsc?: object } };
}

/**
 * The SDK compiles workflows for JavaScript engines of 2017. Each class then needs helpers and a WeakMap per private field, for
 * every cached workflow.
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
