import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { databases, onPostgres } from '../configuration.ts';
import { ourDynamicConfig, type DynamicConfig } from '../dynamic-config.ts';
import { run, type Environment } from '../machine.ts';
import { prepareNamespace } from '../namespace.ts';
import { tellPlainly, type Progress } from '../progress.ts';
import { startServerProcess, type ServerProcess } from '../server-process.ts';
import { servesNamespace } from '../serves.ts';
import { findProductionServer, type ProductionBinaries } from '../temporal-server.ts';
import type { TestServer } from '../test-server.ts';
import { startPostgres, type Postgres } from './postgres.ts';

export interface ProductionServerOptions {
  readonly dynamicConfig?: DynamicConfig;
  readonly logFile?: string;
  readonly progress?: Progress;
}

export interface ProductionServer extends TestServer {
  readonly postgres: { readonly pid: number; readonly port: number; readonly user: string };
}

const namespace = 'default';
/** A production server: all four services in one process, with its own PostgreSQL. */
export async function startProductionServer(options: ProductionServerOptions = {}): Promise<ProductionServer> {
  const env: Environment = process.env;
  const binaries = await findProductionServer(options.progress ?? tellPlainly(), env);
  const postgres = await startPostgres(env);
  const folder = await mkdtemp(join(tmpdir(), 'longhaul-temporal-'));
  let server: ServerProcess | undefined;
  const stop = async () => {
    await server?.child.stop();
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await makeSchema(binaries, postgres, env);
    let started = (server = await startServerProcess({
      executable: binaries.server,
      store: onPostgres(postgres),
      dynamicConfig: { ...ourDynamicConfig, ...options.dynamicConfig },
      folder,
      logFile: options.logFile,
    }));
    const { address } = started;
    await prepareNamespace(address, namespace);
    await servesNamespace(address, namespace, started.ended);
    return {
      address,
      namespace,
      get pid() {
        return started.child.pid;
      },
      get ended() {
        return started.child.ended;
      },
      postgres: { pid: postgres.pid, port: postgres.port, user: postgres.user },
      tail: (lines) => started.child.tail(lines),
      stop,
      async kill() {
        await started.child.kill();
      },
      async restart() {
        if (!started.child.ending()) await started.child.stop();
        started = server = await started.again();
        await servesNamespace(address, namespace, started.ended);
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function makeSchema({ sql }: ProductionBinaries, { port, user }: Postgres, env: Environment): Promise<void> {
  for (const [store, database] of Object.entries(databases)) {
    const connection = [
      '--plugin',
      'postgres12',
      '--ep',
      '127.0.0.1',
      '-p',
      String(port),
      '-u',
      user,
      '--db',
      database,
    ];
    const schema = `postgresql/v12/${store === 'default' ? 'temporal' : 'visibility'}`;
    await run(sql, [...connection, 'create'], { env });
    await run(sql, [...connection, 'setup-schema', '-v', '0.0'], { env });
    await run(sql, [...connection, 'update-schema', '--schema-name', schema], { env });
  }
}
