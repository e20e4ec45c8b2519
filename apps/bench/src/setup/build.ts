import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { apps, bundleOf, domains, repository } from '@longhaul/testing/processes';
import { bundleWorkflowCode } from '@temporalio/worker';
import { build } from 'esbuild';

export { repository };
const bench = join(repository, 'apps/bench');
export const built = join(bench, 'dist');
export const bareBundle = join(built, 'bare-workflows.js');
export const kitBundle = join(repository, 'apps/booking-worker/dist/workflows.js');
export const lambdaBundle = join(repository, 'apps/payment-intake/dist/lambda.mjs');
export const appMain = (app: string) => bundleOf({ name: app });

const programs = {
  stub: 'src/stub/main.ts',
  'bare-worker': 'src/bare/worker.ts',
  script: 'src/bare/script.ts',
  'bundle-then-work': 'src/boot/bundle-then-work.ts',
  'collect-garbage': 'src/memory/collect-garbage.ts',
  'time-import': 'src/boot/time-import.ts',
};
export const program = (name: keyof typeof programs) => join(built, `${name}.js`);

/** All contestants run as deployed: plain JavaScript in one file, with bundled workflows. */
export async function buildAll(): Promise<void> {
  await buildApps([...domains.map((domain) => apps[domain].name), 'payment-intake', 'gateway']);
  await mkdir(built, { recursive: true });
  await build({
    entryPoints: Object.fromEntries(Object.entries(programs).map(([name, path]) => [name, join(bench, path)])),
    outdir: built,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    conditions: ['@longhaul/source'],
    external: ['@temporalio/*', 'esbuild'],
    banner: {
      js: "import { createRequire as benchRequire } from 'node:module'; const require = benchRequire(import.meta.url);",
    },
    sourcemap: 'linked',
    logLevel: 'warning',
  });
  const { code } = await bundleWorkflowCode({ workflowsPath: join(bench, 'src/bare/workflows.ts'), logger: quiet });
  await writeFile(bareBundle, code);
}

async function buildApps(apps: readonly string[]): Promise<void> {
  const nx = createRequire(import.meta.url).resolve('nx/bin/nx.js');
  const folders = apps.map((app) => `apps/${app}`).join(',');
  const process_ = spawn(process.execPath, [nx, 'run-many', '-t', 'build', '-p', folders, '--outputStyle=static'], {
    cwd: repository,
    env: { ...process.env, NX_DAEMON: 'false' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const code = await new Promise((resolve, reject) => process_.once('error', reject).once('close', resolve));
  if (code !== 0) throw new Error(`The build of the apps failed with exit code ${String(code)}: npm run build`);
}

const nothing = (): void => undefined;
const quiet = { log: nothing, trace: nothing, debug: nothing, info: nothing, warn: console.warn, error: console.error };
