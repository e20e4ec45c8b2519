import { join } from 'node:path';
import { startChild, tellEnding, type Child } from './child.ts';
import { ourDynamicConfig, type DynamicConfig } from './dynamic-config.ts';
import { freePort, requireFree } from './ports.ts';
import { tellOnlyWaits } from './progress.ts';
import { searchAttributes } from './search-attributes.ts';
import { servesNamespace } from './serves.ts';
import { findTemporalCli } from './temporal-cli.ts';

export interface DevServerOptions {
  /** The `temporal` executable. Default: searched for. */
  readonly executable?: string;
  /** Default: 0, which takes a free port. */
  readonly port?: number;
  /** The variable to name if the port is taken. */
  readonly portVariable?: string;
  /** The port of the UI; 0 takes a free port. Default: no UI. */
  readonly uiPort?: number;
  readonly uiPortVariable?: string;
  /** Stores runs in this file, so that they survive a restart. Default: in memory, which is faster. */
  readonly dbFilename?: string;
  readonly namespace?: string;
  readonly dynamicConfig?: DynamicConfig;
  readonly logFile?: string;
  readonly ownGroup?: boolean;
}

export interface DevServer {
  readonly address: string;
  readonly namespace: string;
  readonly uiUrl: string | undefined;
  readonly pid: number;
  /** Resolves when the current process has ended, for whatever reason. */
  readonly ended: Promise<unknown>;
  tail(lines?: number): string;
  stop(): Promise<void>;
  /** Sends SIGKILL, like a crash. */
  kill(): Promise<void>;
  /** Restarts with the same ports and database file. Runs in memory are lost. */
  restart(): Promise<void>;
}

const startAttempts = 4;
const stopGraceMs = 5_000;

export async function startDevServer(options: DevServerOptions = {}): Promise<DevServer> {
  const executable = options.executable ?? (await findTemporalCli(tellOnlyWaits()));
  const first = await startOnPorts(executable, options);
  const { ports } = first;
  let { child } = first;
  const namespace = options.namespace ?? 'default';
  const address = `127.0.0.1:${ports.port}`;
  return {
    address,
    namespace,
    uiUrl: ports.uiPort === undefined ? undefined : `http://127.0.0.1:${ports.uiPort}`,
    get pid() {
      return child.pid;
    },
    get ended() {
      return child.ended;
    },
    tail: (lines) => child.tail(lines),
    async stop() {
      await child.stop(stopGraceMs);
    },
    async kill() {
      await child.kill();
    },
    async restart() {
      if (!child.ending()) await child.stop(stopGraceMs);
      child = await start(executable, options, ports);
    },
  };
}

interface Ports {
  readonly port: number;
  readonly uiPort: number | undefined;
}

/**
 * A free port may be taken before the server listens, and so may the ports that it chooses for its internal services. The
 * server then exits, and is started on other ports.
 */
async function startOnPorts(executable: string, options: DevServerOptions): Promise<{ child: Child; ports: Ports }> {
  const { port = 0, uiPort } = options;
  for (let attempt = 1; ; attempt += 1) {
    const ports: Ports = { port: port || (await freePort()), uiPort: uiPort === 0 ? await freePort() : uiPort };
    try {
      if (port) await requireFree({ port, purpose: 'Temporal', variable: options.portVariable });
      if (uiPort) await requireFree({ port: uiPort, purpose: "Temporal's UI", variable: options.uiPortVariable });
      return { child: await start(executable, options, ports), ports };
    } catch (error) {
      const lostPort = port ? /^panic:/m : /^panic:|address already in use|can't set frontend port/im;
      if (!lostPort.test(String(error)) || attempt === startAttempts) throw error;
    }
  }
}

async function start(executable: string, options: DevServerOptions, ports: Ports): Promise<Child> {
  const child = await startChild({
    name: 'Temporal dev server',
    command: executable,
    args: devServerArgs(options, ports),
    logFile: options.logFile,
    ownGroup: options.ownGroup ?? false,
  });
  try {
    await servesNamespace(`127.0.0.1:${ports.port}`, options.namespace ?? 'default', () => {
      const ending = child.ending();
      return ending && `${child.name} ${tellEnding(ending)}:\n${lastWords(child)}`;
    });
    return child;
  } catch (error) {
    await child.kill();
    throw error;
  }
}

/** The end of its output. For a panic its beginning, because the message comes before a long stack trace. */
function lastWords(child: Child): string {
  const panic = /^panic:[^]*/m.exec(child.tail(500))?.[0];
  return panic?.split('\n').slice(0, 10).join('\n') ?? child.tail();
}

/** The arguments of the server, also for `temporal:up`, which starts it detached. */
export function devServerArgs(options: DevServerOptions, ports: Ports): string[] {
  const dynamicConfig = { ...ourDynamicConfig, ...options.dynamicConfig };
  return [
    ...['server', 'start-dev', '--ip', '127.0.0.1', '--port', String(ports.port)],
    ...(ports.uiPort === undefined ? ['--headless'] : ['--ui-port', String(ports.uiPort)]),
    ...['--namespace', options.namespace ?? 'default', '--log-level', 'warn'],
    ...(options.dbFilename ? ['--db-filename', join(options.dbFilename)] : []),
    ...Object.entries(dynamicConfig).flatMap(([key, value]) => [
      '--dynamic-config-value',
      `${key}=${JSON.stringify(value)}`,
    ]),
    ...Object.entries(searchAttributes).flatMap(([name, type]) => ['--search-attribute', `${name}=${type}`]),
  ];
}
