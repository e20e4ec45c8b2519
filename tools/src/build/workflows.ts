import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { bundleWorkflows } from '@longhaul/worker-kit/bundle';

/**
 * Temporal's sandbox code made once, here, so that no worker runs webpack when it starts. Tracing needs code inside the
 * sandbox that costs every workflow memory, so it is a bundle of its own.
 */
export async function bundleWorkflowsOf(folder: string): Promise<void> {
  const workflowsPath = resolve(folder, 'src/workflows/index.ts');
  await writeFile(join(folder, 'dist/workflows.js'), await bundleWorkflows({ workflowsPath }));
  await writeFile(join(folder, 'dist/workflows.traced.js'), await bundleWorkflows({ workflowsPath, tracing: true }));
}
