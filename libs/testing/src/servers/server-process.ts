import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startChild, tellEnding, type Child } from './child.ts';
import { configuration, dynamicConfiguration, serverPortNames, type ServerPorts, type Store } from './configuration.ts';
import type { DynamicConfig } from './dynamic-config.ts';
import { freePortsBelow } from './ports.ts';
import { answers } from './serves.ts';

export interface ServerProcessOptions {
  readonly executable: string;
  readonly store: Store;
  readonly dynamicConfig: DynamicConfig;
  /** The folder for its configuration. */
  readonly folder: string;
  readonly logFile?: string | undefined;
  readonly ownGroup?: boolean | undefined;
}

export interface ServerProcess {
  readonly address: string;
  readonly child: Child;
  /** How it ended, with the end of its output; undefined while it runs. */
  readonly ended: () => string | undefined;
  /** Starts it again on the same ports. */
  readonly again: () => Promise<ServerProcess>;
}

/** The membership table stores ports in 16-bit integers. */
const portsBelow = 32_768;
const startAttempts = 4;

/** A `server` with all four services in one process. Resolves when it answers. */
export async function startServerProcess(options: ServerProcessOptions): Promise<ServerProcess> {
  for (let attempt = 1; ; attempt += 1) {
    const numbers = await freePortsBelow(portsBelow, serverPortNames.length);
    const ports = Object.fromEntries(serverPortNames.map((name, index) => [name, numbers[index]]));
    try {
      return await startOn(ports as unknown as ServerPorts, options);
    } catch (error) {
      // A port that was free before may be taken now.
      if (!/address already in use/i.test(String(error)) || attempt === startAttempts) throw error;
    }
  }
}

async function startOn(ports: ServerPorts, options: ServerProcessOptions): Promise<ServerProcess> {
  const { executable, store, dynamicConfig, folder, logFile, ownGroup = false } = options;
  const dynamicFile = join(folder, 'dynamic.yaml');
  const configFile = join(folder, 'server.yaml');
  await mkdir(folder, { recursive: true });
  await writeFile(dynamicFile, JSON.stringify(dynamicConfiguration(dynamicConfig)));
  await writeFile(configFile, JSON.stringify(configuration(ports, store, dynamicFile)));
  const child = await startChild({
    name: 'The Temporal server',
    command: executable,
    args: ['--config-file', configFile, '--allow-no-auth', 'start'],
    cwd: folder,
    logFile,
    ownGroup,
  });
  const ended = () => {
    const ending = child.ending();
    return ending && `${child.name} ${tellEnding(ending)}:\n${child.tail(20)}`;
  };
  const address = `127.0.0.1:${ports.frontend}`;
  try {
    await answers(address, ended);
  } catch (error) {
    await child.kill();
    throw error;
  }
  return { address, child, ended, again: () => startOn(ports, options) };
}
