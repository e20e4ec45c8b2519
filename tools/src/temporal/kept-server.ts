import { spawn } from 'node:child_process';
import { mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { namespace, repository } from '@longhaul/testing/processes';
import {
  devServerArgs,
  findTemporalCli,
  processIdentity,
  requireFree,
  servesNamespace,
  type Progress,
} from '@longhaul/testing/servers';
import { portTable, readPorts } from '../start/ports.ts';

/** A dev server that keeps running after the command that started it, with its runs in a file. */
export interface KeptServer {
  readonly databaseFile: string;
  readonly logFile: string;
  up(progress: Progress): Promise<ServerState & { readonly was: 'started' | 'up' }>;
  /** Stops the server and returns its process id; undefined if none was running. */
  down(): Promise<number | undefined>;
  state(): Promise<ServerState | undefined>;
}

interface ServerState {
  readonly pid: number;
  /** Distinguishes this process from a later one with the same id, which must not be stopped. */
  readonly identity: string;
  readonly address: string;
  readonly uiUrl: string;
}

const lookAgainMs = 50;
const stopWithinMs = 15_000;

export function keptServer(env: NodeJS.ProcessEnv, folder = join(repository, '.local/temporal')): KeptServer {
  const stateFile = join(folder, 'server.json');
  const databaseFile = join(folder, 'temporal.db');
  const logFile = join(folder, 'server.log');

  async function state(): Promise<ServerState | undefined> {
    const text = await readFile(stateFile, 'utf8').catch(() => undefined);
    if (text === undefined) return undefined;
    const known = parsed(text, stateFile);
    if ((await processIdentity(known.pid)) === known.identity) return known;
    // The server has ended, for example by a restart of the machine.
    await rm(stateFile, { force: true });
    return undefined;
  }

  return {
    databaseFile,
    logFile,
    state,
    async up(progress) {
      const running = await state();
      if (running) return { ...running, was: 'up' };
      const ports = readPorts(env);
      await requireFree({ ...portTable.temporal, port: ports.temporal });
      await requireFree({ ...portTable.temporalUi, port: ports.temporalUi });
      const executable = await findTemporalCli(progress);
      await mkdir(folder, { recursive: true });
      const args = devServerArgs(
        { namespace, dbFilename: databaseFile },
        { port: ports.temporal, uiPort: ports.temporalUi },
      );
      const pid = await detached(executable, args, logFile);
      const address = `127.0.0.1:${ports.temporal}`;
      const started = {
        pid,
        identity: (await processIdentity(pid)) ?? '',
        address,
        uiUrl: `http://127.0.0.1:${ports.temporalUi}`,
      };
      await replace(stateFile, JSON.stringify(started));
      let ended = false;
      const watch = setInterval(
        () => void processIdentity(pid).then((identity) => (ended = identity !== started.identity)),
        200,
      );
      try {
        await servesNamespace(address, namespace, () =>
          ended ? `The Temporal server ended right after its start. Its log: ${logFile}` : undefined,
        );
      } finally {
        clearInterval(watch);
      }
      return { ...started, was: 'started' };
    },
    async down() {
      const running = await state();
      if (!running) return undefined;
      process.kill(running.pid, 'SIGTERM');
      await gone(running);
      await rm(stateFile, { force: true });
      return running.pid;
    },
  };
}

function parsed(text: string, file: string): ServerState {
  try {
    return JSON.parse(text) as ServerState;
  } catch (cause) {
    throw new Error(`The state of the Temporal server cannot be read; delete the file to reset it [${file}]`, {
      cause,
    });
  }
}

async function detached(executable: string, args: readonly string[], logFile: string): Promise<number> {
  const log = await open(logFile, 'a');
  try {
    const child = spawn(executable, args, { detached: true, stdio: ['ignore', log.fd, log.fd] });
    const pid = await new Promise<number>((resolve, reject) => {
      child.once('spawn', () => resolve(child.pid ?? 0));
      child.once('error', (cause) => reject(new Error(`The Temporal server did not start [${executable}]`, { cause })));
    });
    child.unref();
    return pid;
  } finally {
    await log.close();
  }
}

async function gone({ pid, identity }: ServerState): Promise<void> {
  const giveUpAt = Date.now() + stopWithinMs;
  while ((await processIdentity(pid)) === identity) {
    if (Date.now() > giveUpAt)
      throw new Error(`The Temporal server does not stop [pid ${pid}]. To kill it: kill -9 ${pid}`);
    await sleep(lookAgainMs);
  }
}

async function replace(file: string, text: string): Promise<void> {
  await writeFile(`${file}.draft`, text);
  await rename(`${file}.draft`, file);
}
