import { createRequire } from 'node:module';
import { repository } from '@longhaul/testing/processes';
import { tellEnding } from '@longhaul/testing/servers';
import type { App } from './apps.ts';
import type { ProcessGroup } from './process-group.ts';
import type { Shown } from './steps.ts';

/** Builds the apps to start: half a minute the first time, almost nothing if nothing has changed. */
export async function buildApps(processes: ProcessGroup, apps: readonly App[], shown: Shown): Promise<void> {
  const nx = createRequire(import.meta.url).resolve('nx/bin/nx.js');
  const folders = apps.map(({ name }) => `apps/${name}`).join(',');
  const build = await processes.start('build', {
    name: 'The build',
    command: process.execPath,
    args: [nx, 'run-many', '-t', 'build', '-p', folders, '--outputStyle=static'],
    env: environmentOfBuild(),
    cwd: repository,
    wholeGroup: true,
    onLine: (line) => shown.tick(line.trim()),
  });
  const ending = await build.ended;
  if (ending.code !== 0) throw new Error(`The build ${tellEnding(ending)}:\n${build.tail(60)}`);
  shown.title(`Build of ${apps.map(({ name }) => name).join(', ')}`);
}

/** Without Nx's variables, because the build may be started from an Nx target, such as a spec, and must be a separate run. */
function environmentOfBuild(): Record<string, string | undefined> {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('NX_'));
  return { ...Object.fromEntries(own), FORCE_COLOR: '0' };
}
