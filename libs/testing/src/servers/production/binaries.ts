import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { findExecutable, WayClosed, type Way } from '../find-executable.ts';
import { cacheFolder, isExecutable, onPath, run, type Environment } from '../machine.ts';
import type { Progress } from '../progress.ts';
import { named } from '../temporal-cli.ts';

const productionServerVersion = '1.31.2';

export interface ProductionBinaries {
  readonly server: string;
  /** Makes the schema. */
  readonly sql: string;
}

/** The server as companies run it, and the tool that makes its schema. No download offers them for every platform. */
export async function findProductionServer(progress: Progress, env: Environment): Promise<ProductionBinaries> {
  const folder = join(cacheFolder(env), `temporal-server-${productionServerVersion}`);
  const server = await findExecutable(
    {
      what: 'Temporal server for PostgreSQL',
      lock: `${folder}.lock`,
      ways: [named('TEMPORAL_SERVER', env), cachedPair(folder), goInstallPair(folder, env)],
      advice: 'Install Go, or set TEMPORAL_SERVER to the path of `server`, with `sql` beside it.',
    },
    progress,
  );
  return { server, sql: join(server, '../sql') };
}

function cachedPair(folder: string): Way {
  return {
    name: 'our cache',
    async walk() {
      const both = (await isExecutable(join(folder, 'server'))) && (await isExecutable(join(folder, 'sql')));
      if (!both) throw new WayClosed(`nothing there [${folder}]`);
      return join(folder, 'server');
    },
  };
}

function goInstallPair(folder: string, env: Environment): Way {
  const modules = ['server', 'tools/sql'].map(
    (path) => `go.temporal.io/server/cmd/${path}@v${productionServerVersion}`,
  );
  return {
    name: `\`go install ${modules.join(' ')}\``,
    takes: 'about 8 minutes',
    async walk() {
      const go = await onPath('go', env);
      if (!go) throw new WayClosed('there is no `go` on the PATH');
      await mkdir(join(folder, '..'), { recursive: true });
      const build = await mkdtemp(`${folder}.build-`);
      try {
        await run(go, ['install', ...modules], { env: { ...env, GOBIN: build } });
        await rm(folder, { recursive: true, force: true });
        await rename(build, folder);
        return join(folder, 'server');
      } finally {
        await rm(build, { recursive: true, force: true });
      }
    },
  };
}
