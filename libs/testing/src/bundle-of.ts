import { createHash } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleWorkflows } from '@longhaul/worker-kit/bundle';
import { withLock } from './servers/lock.ts';
import { specRun } from './spec-run.ts';

const taskTime = new URL('./time/task-time.workflow.ts', import.meta.url).pathname;

/** Bundles a worker's workflows for specs. Takes the URL of their `index.ts`: `new URL('./index.ts', import.meta.url)`. */
export async function bundleOf({ pathname }: URL): Promise<string> {
  const make = () => bundleWorkflows({ workflowsPath: pathname, interceptorModules: [taskTime] });
  const folder = process.env[specRun.bundles];
  if (folder === undefined) return make();
  const file = join(folder, `${createHash('sha256').update(pathname).digest('hex')}.js`);
  return withLock(`${file}.lock`, ignore, async () => {
    try {
      return await readFile(file, 'utf8');
    } catch {
      const code = await make();
      await writeFile(`${file}.new`, code);
      await rename(`${file}.new`, file);
      return code;
    }
  });
}

const ignore = (): void => undefined;
