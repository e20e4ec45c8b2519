import { findCfnLint, findMotoServer, findTemporalServer } from '@longhaul/testing/servers';

/** How a step went: what of it passed and what failed, as lines that tell a person which. */
export interface Verdict {
  readonly passed: number;
  readonly failures: readonly string[];
  /** Only of specs. */
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
  /** How many of two cores it keeps busy; with none it runs beside everything else. Default: one. */
  readonly cores?: 0 | 1 | 2;
  /** Not tried when one of these failed. */
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

// What each tool remembers of unchanged files is judged by their content, and lost with `.local`.
const prettier = [
  'prettier',
  '--check',
  '--cache',
  '--cache-strategy=content',
  '--cache-location=.local/verify/format',
];
const tsc = ['tsc', '--incremental', '--tsBuildInfoFile', '.local/verify/types.tsbuildinfo'];
// No cache: a rule that knows types may find something in a file because another one changed.
const eslint = ['eslint', '--max-warnings', '0', '.'];
const buildAll = ['nx', 'run-many', '-t', 'build', '--outputStyle=static'];

/**
 * Begun in this order, each as soon as the cores that it fills are free: the longest check has one for itself. A server
 * that has to be built takes minutes the first time, so that comes first and only those wait for it that need it.
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
  // Building one keeps both cores busy, installing the other waits for the network.
  await Promise.all([findTemporalServer(), findMotoServer().then(() => findCfnLint())]);
}
