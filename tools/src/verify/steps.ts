import { findCfnLint, findMotoServer, findTemporalServer } from '@longhaul/testing/servers';

/** The result of a step: the number of passed tests, and one line for each failure. */
export interface Verdict {
  readonly passed: number;
  readonly failures: readonly string[];
  /** Only for steps that run specs. */
  readonly files?: readonly SpecFile[];
}

export interface SpecFile {
  readonly path: string;
  readonly specs: number;
  readonly tookMs: number;
}

export interface Step {
  readonly name: string;
  readonly about: string;
  /** How many of two cores it uses; with 0 it runs at the same time as any other step. Default: 1. */
  readonly cores?: 0 | 1 | 2;
  /** The step is skipped if one of these has failed. */
  readonly needs?: readonly string[];
  readonly work: Command | Specs | (() => Promise<unknown>);
}

export interface Command {
  readonly command: readonly string[];
}

/** Counted by test. */
export interface Specs {
  readonly price: 'spec' | 'int' | 'e2e';
}

// The caches of the tools are in `.local` and compare files by content.
const prettier = [
  'prettier',
  '--check',
  '--cache',
  '--cache-strategy=content',
  '--cache-location=.local/verify/format',
];
const tsc = ['tsc', '--incremental', '--tsBuildInfoFile', '.local/verify/types.tsbuildinfo'];
// No cache: rules with type information may find something in a file because another file changed.
const eslint = ['eslint', '--max-warnings', '0', '.'];
const buildAll = ['nx', 'run-many', '-t', 'build', '--outputStyle=static'];

/**
 * Started in this order, each as soon as its cores are free. Building a Temporal server takes minutes the first time, so it comes
 * first, and only the steps that need it wait for it.
 */
export const steps: readonly Step[] = [
  {
    name: 'servers',
    about: 'the Temporal and AWS servers for the specs are on this machine',
    cores: 0,
    work: fetchServers,
  },
  { name: 'lint', about: 'manners, and who may import whom', work: { command: eslint } },
  { name: 'types', about: 'TypeScript, strict', work: { command: tsc } },
  { name: 'format', about: 'every file as Prettier writes it', work: { command: [...prettier, '.'] } },
  { name: 'unused', about: 'no dead export, no unused dependency', work: { command: ['knip', '--no-progress'] } },
  { name: 'build', about: 'apps, workflow bundles and published packages', cores: 2, work: { command: buildAll } },
  { name: 'spec', about: 'specs in memory', cores: 2, needs: ['build'], work: { price: 'spec' } },
  {
    name: 'int',
    about: 'specs with a Temporal server',
    cores: 2,
    needs: ['build', 'servers'],
    work: { price: 'int' },
  },
  {
    name: 'e2e',
    about: 'the whole house, real processes',
    cores: 2,
    needs: ['build', 'servers'],
    work: { price: 'e2e' },
  },
];

async function fetchServers(): Promise<void> {
  // Building the one uses both cores, installing the other waits for the network.
  await Promise.all([findTemporalServer(), findMotoServer().then(() => findCfnLint())]);
}
