import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { recordRuns, type Recording } from '@longhaul/testing/histories';
import { repository } from '@longhaul/testing/processes';

/**
 * `npm run histories:record [-- name …]` records the histories of each worker's recorded runs. Existing files are kept, unless
 * they are named.
 */
interface RunsOfWorker {
  readonly recordedRuns: Recording['runs'];
  readonly recordedWorkers: () => Promise<Recording['workers']>;
}

const apps = join(repository, 'apps');
const workers = readdirSync(apps).filter((app) => existsSync(runsOf(app)));
const again = process.argv.slice(2);

const unknown = new Set(again);

for (const app of workers) {
  const { recordedRuns, recordedWorkers } = (await import(pathToFileURL(runsOf(app)).href)) as RunsOfWorker;
  const mine = again.filter((name) => recordedRuns.some((run) => run.name === name));
  mine.forEach((name) => unknown.delete(name));
  console.log(`${app}:`);
  await recordRuns({
    runs: recordedRuns,
    workers: await recordedWorkers(),
    folder: pathToFileURL(`${join(apps, app, 'histories')}/`),
    again: mine,
    tell: (line) => console.log(`  ${line}`),
  });
}
if (unknown.size > 0) throw new Error(`No worker has such runs to record [${[...unknown].join(', ')}]`);
// Timers of libraries would keep the process alive.
process.exit();

function runsOf(app: string): string {
  return join(apps, app, 'src/recorded-runs.fixture.ts');
}
