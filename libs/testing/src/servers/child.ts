import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { finished } from 'node:stream/promises';
import { lastLines, type Environment } from './machine.ts';

export interface ChildSpec {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Environment;
  /** Runs in its own process group, so that Ctrl-C reaches only this process, which then stops its children in order. */
  readonly ownGroup?: boolean;
  /** For a program that starts others: they are in one process group and stopped together. */
  readonly wholeGroup?: boolean;
  readonly cwd?: string;
  /** Runs as another user. */
  readonly uid?: number;
  readonly gid?: number;
  /** Called for each line that it prints. */
  readonly onLine?: (line: string) => void;
  /** The file for its output. The last lines are also kept in memory. */
  readonly logFile?: string | undefined;
}

export interface Child {
  readonly name: string;
  readonly pid: number;
  /** Resolves when it has ended, with exit code or signal. */
  readonly ended: Promise<Ending>;
  /** Exit code or signal; undefined while it runs. */
  ending(): Ending | undefined;
  tail(lines?: number): string;
  /** Sends SIGTERM, and SIGKILL after the grace. */
  stop(graceMs?: number): Promise<Ending>;
  kill(): Promise<Ending>;
}

export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

const keptCharacters = 16 * 1024;
const defaultGraceMs = 10_000;

/** Starts a process, which is stopped only by its id. */
export async function startChild(spec: ChildSpec): Promise<Child> {
  if (spec.logFile) await mkdir(dirname(spec.logFile), { recursive: true });
  const log = spec.logFile ? createWriteStream(spec.logFile, { flags: 'a' }) : undefined;
  const process_ = spawn(spec.command, spec.args, {
    env: { ...(spec.env ?? process.env) },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: spec.ownGroup ?? spec.wholeGroup ?? false,
    ...(spec.uid === undefined ? {} : { uid: spec.uid }),
    ...(spec.gid === undefined ? {} : { gid: spec.gid }),
    ...(spec.cwd ? { cwd: spec.cwd } : {}),
  });
  await new Promise<void>((resolve, reject) => {
    process_.once('spawn', resolve);
    process_.once('error', (cause) => reject(new Error(`${spec.name} did not start [${spec.command}]`, { cause })));
  });

  let output = '';
  for (const stream of [process_.stdout, process_.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-keptCharacters);
      log?.write(text);
    });
    // A chunk may end in the middle of a line.
    if (spec.onLine) createInterface({ input: stream }).on('line', spec.onLine);
  }
  const pid = process_.pid ?? 0;
  const signal = (name: NodeJS.Signals) => {
    if (!spec.wholeGroup) return process_.kill(name);
    try {
      return !ending && process.kill(-pid, name);
    } catch {
      // All processes of the group have ended.
      return false;
    }
  };

  let ending: Ending | undefined;
  const ended = new Promise<Ending>((resolve) => {
    process_.once('close', (code, signal) => {
      ending = { code, signal };
      const logged = log ? finished(log.end()) : Promise.resolve();
      logged.catch(() => undefined).finally(() => resolve({ code, signal }));
    });
  });

  return {
    name: spec.name,
    pid,
    ended,
    ending: () => ending,
    tail: (lines = 10) => lastLines(output, lines),
    async stop(graceMs = defaultGraceMs) {
      signal('SIGTERM');
      const timer = setTimeout(() => signal('SIGKILL'), graceMs);
      return await ended.finally(() => clearTimeout(timer));
    },
    async kill() {
      signal('SIGKILL');
      return await ended;
    },
  };
}

export function tellEnding({ code, signal }: Ending): string {
  return signal ? `was ended by ${signal}` : `ended with exit code ${code}`;
}
