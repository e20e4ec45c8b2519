import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { repository } from '@longhaul/testing/processes';

/** `npm run bench -- <name>`: the bench app reads the arguments itself. */
await import(pathToFileURL(join(repository, 'apps/bench/src/bench.ts')).href);
