import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startChild, tellEnding, type Child } from '../child.ts';
import { ourDynamicConfig, type DynamicConfig } from '../dynamic-config.ts';
import { run, type Environment } from '../machine.ts';
import { freePortsBelow } from '../ports.ts';
import { tellPlainly, type Progress } from '../progress.ts';
import { answers, servesNamespace } from '../serves.ts';
import { findProductionServer, type ProductionBinaries } from './binaries.ts';
import { configuration, databases, dynamicConfiguration, serverPortNames, type ServerPorts } from './configuration.ts';
import { prepareNamespace } from './namespace.ts';
import { startPostgres, type Postgres } from './postgres.ts';

export interface ProductionServerOptions {
  readonly dynamicConfig?: DynamicConfig;
  readonly logFile?: string;
  readonly progress?: Progress;
}

export interface ProductionServer {
  readonly address: string;
  readonly namespace: string;
  readonly pid: number;
  readonly postgres: { readonly pid: number; readonly port: number; readonly user: string };
  tail(lines?: number): string;
  stop(): Promise<void>;
}

const namespace = 'default';
/** The membership table keeps a port in a small integer. */
const portsBelow = 32_768;

/** The server as companies run it: all four services in one process, on a PostgreSQL of its own. For measuring. */
export async function startProductionServer(options: ProductionServerOptions = {}): Promise<ProductionServer> {
  const env: Environment = process.env;
  const binaries = await findProductionServer(options.progress ?? tellPlainly(), env);
  const postgres = await startPostgres(env);
  const folder = await mkdtemp(join(tmpdir(), 'longhaul-temporal-'));
  let child: Child | undefined;
  const stop = async () => {
    await child?.stop();
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await makeSchema(binaries, postgres, env);
    const numbers = await freePortsBelow(portsBelow, serverPortNames.length);
    const ports = Object.fromEntries(
      serverPortNames.map((name, index) => [name, numbers[index]]),
    ) as unknown as ServerPorts;
    child = await startServer(binaries, ports, postgres, folder, options);
    const started = child;
    const address = `127.0.0.1:${ports.frontend}`;
    const ended = () => {
      const ending = started.ending();
      return ending && `${started.name} ${tellEnding(ending)}:\n${started.tail(20)}`;
    };
    await answers(address, ended);
    await prepareNamespace(address, namespace);
    await servesNamespace(address, namespace, ended);
    return {
      address,
      namespace,
      pid: started.pid,
      postgres: { pid: postgres.pid, port: postgres.port, user: postgres.user },
      tail: (lines) => started.tail(lines),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startServer(
  { server }: ProductionBinaries,
  ports: ServerPorts,
  postgres: Postgres,
  folder: string,
  options: ProductionServerOptions,
): Promise<Child> {
  const dynamic = { ...ourDynamicConfig, ...options.dynamicConfig };
  const dynamicFile = join(folder, 'dynamic.yaml');
  const configFile = join(folder, 'server.yaml');
  await writeFile(dynamicFile, JSON.stringify(dynamicConfiguration(dynamic)));
  await writeFile(configFile, JSON.stringify(configuration(ports, postgres, dynamicFile)));
  return await startChild({
    name: 'The Temporal server',
    command: server,
    args: ['--config-file', configFile, '--allow-no-auth', 'start'],
    cwd: folder,
    logFile: options.logFile,
  });
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
