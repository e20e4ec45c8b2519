import { resolve } from 'node:path';
import { repository } from '@longhaul/testing/processes';
import { assembleTree } from './tree.ts';

/** `npm run image:tree -- <app> <folder>` makes the folder that infrastructure/Dockerfile copies into an image. */
const [app, folder, ...more] = process.argv.slice(2);
if (app === undefined || folder === undefined || more.length > 0) {
  console.error(
    'Usage: npm run image:tree -- <app> <folder>, as in npm run image:tree -- payment-worker /tmp/payment-worker',
  );
  process.exitCode = 2;
} else {
  const { packages } = await assembleTree(repository, app, resolve(folder));
  console.log(`${app}: its bundles and ${packages.length} packages are in ${resolve(folder)}`);
}
