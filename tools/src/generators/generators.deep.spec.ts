import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { copyTree, type CopiedTree } from '../copied-tree.ts';

const domain = 'season-ticket';
const thing = 'lost-item';
const timeoutMs = 900_000;

let tree: CopiedTree;
beforeAll(async () => {
  tree = copyTree(resolve(import.meta.dirname, '../../..'));
  await git('init', '-q');
  await git('config', 'user.email', 'spec@longhaul.test');
  await git('config', 'user.name', 'spec');
  await kept('as it was');
});
afterAll(() => tree.remove());

async function run(program: string, ...args: string[]): Promise<string> {
  const { PATH, HOME, XDG_CACHE_HOME } = process.env;
  const env = { PATH, HOME, XDG_CACHE_HOME };
  const { stdout } = await promisify(execFile)(program, args, { cwd: tree.folder, env, maxBuffer: 64 * 1_024 * 1_024 });
  return stdout;
}
const git = (...args: string[]) => run('git', ...args);
const kept = async (as: string) => {
  await git('add', '-A');
  await git('commit', '-q', '--allow-empty', '-m', as);
};

/** Files that are generated from the code. */
const derived = [
  '.github/CODEOWNERS',
  'README.md',
  'docs/deploy.md',
  'docs/invariants.md',
  'docs/local.md',
  'libs/contracts/README.md',
  'package-lock.json',
];

it(
  'a worker of a new domain and a workflow of another are generated, change few files, run, and are removed completely',
  async () => {
    await run('npx', 'nx', 'g', '@longhaul/tools:worker', domain);
    const changed = (await git('diff', '--name-only')).trim().split('\n');
    expect(changed.filter((file) => !derived.includes(file)).length).toBeLessThanOrEqual(10);
    await run('npx', 'nx', 'g', '@longhaul/tools:workflow', thing, '--domain', 'booking');
    await kept('made');

    await run('npm', 'test', '--', '--only', 'lint,types,format,unused,build');
    await specs(
      'spec',
      'tools/src/house-rules',
      'libs/checker',
      'libs/contracts',
      'apps/gateway/src/docs',
      domain,
      thing,
    );
    await specs('spec', 'apps/booking-worker/src/workflows/replay');
    await specs('int', domain, thing);
    await specs('deep', `apps/${domain}-worker`, `apps/booking-worker/src/${thing}`);
    const tour = await run('npm', 'start', '--', '--exit', '--only', `${domain},booking`);
    expect(tour).toMatch(/^yes +A season ticket/m);
    expect(tour).toMatch(/^yes +A lost item/m);
    expect(tour).toContain('Every invariant holds.');

    await run('npx', 'nx', 'g', '@longhaul/tools:remove-workflow', thing, '--domain', 'booking');
    await run('npx', 'nx', 'g', '@longhaul/tools:remove-worker', domain);
    await kept('removed');
    expect(await git('diff', '--stat', 'HEAD~2')).toBe('');
  },
  timeoutMs,
);

it(
  'an invalid name is refused with the reason, and nothing is changed',
  async () => {
    const made = (wrong: string) => run('npx', 'nx', 'g', '@longhaul/tools:worker', wrong);
    await expect(made('SeasonTicket')).rejects.toThrow(/kebab-case.*\[SeasonTicket\]/);
    await expect(made('invoice')).rejects.toThrow(/something of this name already.*services\/invoice/);
    const removed = run('npx', 'nx', 'g', '@longhaul/tools:remove-worker', 'invoice');
    await expect(removed).rejects.toThrow(/no worker with workflows.*invoice-worker/);
    const told = run('npx', 'nx', 'g', '@longhaul/tools:workflow', thing, '--domain', 'fleet');
    await expect(told).rejects.toThrow(/no worker with workflows.*fleet-worker/);
    expect(await git('status', '--porcelain')).toBe('');
  },
  timeoutMs,
);

async function specs(price: 'spec' | 'int' | 'deep', ...files: string[]): Promise<void> {
  await run('env', `PRICE=${price}`, 'npx', 'vitest', 'run', ...files);
}
