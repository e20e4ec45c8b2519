import { join } from 'node:path';
import { startChild, tellEnding, type Child } from './child.ts';
import { ourDynamicConfig, type DynamicConfig } from './dynamic-config.ts';
import { freePort, requireFree } from './ports.ts';
import { tellOnlyWaits } from './progress.ts';
import { searchAttributes } from './search-attributes.ts';
import { servesNamespace } from './serves.ts';
import { findTemporalCli } from './temporal-cli.ts';

export interface DevServerOptions {
  /** The `temporal` executable; looked for when left out. */
  readonly executable?: string;
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** The variable named to a person when the port is taken. */
  readonly portVariable?: string;
  /** Left out, there is no UI; 0 takes a free one. */
  readonly uiPort?: number;
  readonly uiPortVariable?: string;
  /** Keeps all runs over a restart. Without it they are in memory, and faster. */
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
  /** Resolves when the process that runs now has ended, whoever ended it. */
  readonly ended: Promise<unknown>;
  tail(lines?: number): string;
  stop(): Promise<void>;
  /** SIGKILL, as a crash would. */
  kill(): Promise<void>;
  /** The same ports and the same database file; what was in memory is gone. */
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
 * A free port may be gone by the time the server wants it, and so may those that it takes for its own parts: then it ends,
 * and is started on others.
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

/** A panic says what is wrong first, and then where, at length. */
function lastWords(child: Child): string {
  const panic = /^panic:[^]*/m.exec(child.tail(500))?.[0];
  return panic?.split('\n').slice(0, 10).join('\n') ?? child.tail();
}

/** Also what `temporal:up` starts, detached. */
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
