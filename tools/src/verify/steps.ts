import { findCfnLint, findMotoServer, findTemporalServer } from '@longhaul/testing/servers';

/** How a step went: what of it passed and what failed, as lines that tell a person which. */
export interface Verdict {
  readonly passed: number;
  readonly failures: readonly string[];
}

export interface Step {
  readonly name: string;
  readonly about: string;
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

const buildAll = ['nx', 'run-many', '-t', 'build', '--outputStyle=static'];

/** In order; the steps of one line run at the same time and leave each other a core. Nx uses both by itself. */
export const stages: readonly (readonly Step[])[] = [
  [
    { name: 'format', about: 'every file as Prettier writes it', work: { command: ['prettier', '--check', '.'] } },
    { name: 'unused', about: 'no dead export, no unused dependency', work: { command: ['knip', '--no-progress'] } },
    { name: 'servers', about: 'the Temporal and AWS servers for the specs are on this machine', work: fetchServers },
  ],
  // All at once: Nx would have each project read its libraries anew, which takes three times as long when nothing is cached.
  [
    {
      name: 'lint',
      about: 'manners, and who may import whom',
      work: { command: ['eslint', '--max-warnings', '0', '.'] },
    },
    { name: 'types', about: 'TypeScript, strict', work: { command: ['tsc'] } },
  ],
  [{ name: 'build', about: 'apps, workflow bundles and published packages', work: { command: buildAll } }],
  [{ name: 'spec', about: 'specs in memory', needs: ['build'], work: { price: 'spec' } }],
  [{ name: 'int', about: 'specs with a Temporal server', needs: ['build', 'servers'], work: { price: 'int' } }],
  [{ name: 'e2e', about: 'the whole house, real processes', needs: ['build', 'servers'], work: { price: 'e2e' } }],
];

async function fetchServers(): Promise<void> {
  await findTemporalServer();
  await findMotoServer();
  await findCfnLint();
}
