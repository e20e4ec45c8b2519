import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { bundleOf } from '@longhaul/testing/processes';
import { workers } from './start/apps.ts';
import { stopWithNpm } from './when-npm-ends.ts';

/** \`npm run worker -- booking\` starts one worker from its bundle, with TEMPORAL_ADDRESS, like in production. */
const name = (process.argv[2] ?? '').replace(/-worker$/, '');
const bundle = bundleOf({ name: `${name}-worker` });
if (!workers.includes(name)) {
  stop(`Which worker? npm run worker -- <${workers.join(' | ')}> [${name}]`);
} else if (!existsSync(bundle)) {
  stop(`The ${name} worker is not built: npm run build makes it [${bundle}]`);
} else {
  // Runs in this process, so that signals reach it. Signals to npm are detected separately.
  stopWithNpm();
  await import(pathToFileURL(bundle).href);
}

function stop(message: string): void {
  console.error(message);
  process.exitCode = 2;
}
