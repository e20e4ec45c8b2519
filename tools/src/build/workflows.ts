import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { bundleWorkflows } from '@longhaul/worker-kit/bundle';

/**
 * Bundles the workflows for Temporal's sandbox at build time, so that workers do not run webpack at their start. Tracing needs
 * code in the sandbox, which costs memory for every workflow, so there is a second bundle with it.
 */
export async function bundleWorkflowsOf(folder: string): Promise<void> {
  const workflowsPath = resolve(folder, 'src/workflows/index.ts');
  await writeFile(join(folder, 'dist/workflows.js'), await bundleWorkflows({ workflowsPath }));
  await writeFile(join(folder, 'dist/workflows.traced.js'), await bundleWorkflows({ workflowsPath, tracing: true }));
}
