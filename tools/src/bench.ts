import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { repository } from '@longhaul/testing/processes';

/** `npm run bench -- <name>`: the app's own entry reads the arguments. */
await import(pathToFileURL(join(repository, 'apps/bench/src/bench.ts')).href);
