/**
 * The booking worker as it would be without its prebuilt bundle: first the bundling, then the very same program. It is
 * handed a folder with a copy of `main.js`, which finds its workflows beside itself.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundleWorkflows } from '@longhaul/worker-kit/bundle';

const { BOOT_WORKFLOWS: workflowsPath = '', BOOT_FOLDER: folder = '' } = process.env;
await writeFile(join(folder, 'workflows.js'), await bundleWorkflows({ workflowsPath }));
await import(pathToFileURL(join(folder, 'main.js')).href);
