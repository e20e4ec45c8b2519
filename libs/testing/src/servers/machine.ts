import { spawn } from 'node:child_process';
import { access, constants, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The cache for slow downloads and builds. It is outside the checkout, so that a fresh clone can use it. */
export function cacheFolder(env: Environment): string {
  return join(env['XDG_CACHE_HOME'] || join(env['HOME'] ?? homedir(), '.cache'), 'longhaul');
}

export async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

export async function onPath(name: string, env: Environment): Promise<string | undefined> {
  for (const folder of (env['PATH'] ?? '').split(delimiter).filter(Boolean)) {
    const path = join(folder, name);
    if (await isExecutable(path)) return path;
  }
  return undefined;
}

export interface RunOptions {
  readonly env: Environment;
  readonly cwd?: string;
  readonly timeoutMs?: number;
  /** Runs as another user. */
  readonly uid?: number;
  readonly gid?: number;
}

const keptOutputBytes = 64 * 1024;

/** Runs a program to its end and returns its output; an error contains the last lines. */
export function run(command: string, args: readonly string[], options: RunOptions): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      env: { ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(options.cwd ? { cwd: options.cwd } : {}),
      ...(options.uid === undefined ? {} : { uid: options.uid }),
      ...(options.gid === undefined ? {} : { gid: options.gid }),
      ...(options.timeoutMs ? { timeout: options.timeoutMs } : {}),
    });
    // Otherwise an abandoned build would go on for minutes.
    const end = () => void child.kill();
    process.once('exit', end);
    let stdout = '';
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout = (stdout + text).slice(-keptOutputBytes);
      output = (output + text).slice(-keptOutputBytes);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-keptOutputBytes);
    });
    child.on('error', (cause) => reject(new Error(`${command} did not start: ${cause.message}`, { cause })));
    child.on('close', (code, signal) => {
      process.off('exit', end);
      if (code === 0) return resolve(stdout);
      reject(new Error(`${command} ended with ${signal ?? `exit code ${code}`}: ${lastLines(output, 4)}`));
    });
  });
}

export function lastLines(text: string, count: number): string {
  return text.trimEnd().split('\n').slice(-count).join('\n');
}
