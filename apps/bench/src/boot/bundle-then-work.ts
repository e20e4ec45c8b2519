/**
 * The booking worker without a prebuilt bundle: it bundles first, and then runs the same program. Its argument is a folder with a
 * copy of `main.js`, which loads the workflows beside it.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundleWorkflows } from '@longhaul/worker-kit/bundle';

const { BOOT_WORKFLOWS: workflowsPath = '', BOOT_FOLDER: folder = '' } = process.env;
await writeFile(join(folder, 'workflows.js'), await bundleWorkflows({ workflowsPath }));
await import(pathToFileURL(join(folder, 'main.js')).href);
