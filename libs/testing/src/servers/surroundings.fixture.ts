import { chmod, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Environment } from './machine.ts';
import type { Progress } from './progress.ts';
import type { SdkDownload } from './sdk-download.ts';
import type { Surroundings } from './temporal-cli.ts';

/** A fake machine for a spec: an empty home and cache, a PATH with small scripts, and no network unless given. */
export interface FakeMachine extends Surroundings {
  readonly folder: string;
  readonly cache: string;
  readonly downloads: SdkDownload[];
  withProgram(name: string, script: string, interpreter?: string): Promise<string>;
  with(env: Environment): FakeMachine;
}

export async function fakeMachine(download?: (what: SdkDownload) => Promise<string>): Promise<FakeMachine> {
  const folder = await mkdtemp(join(tmpdir(), 'longhaul-servers-'));
  const downloads: SdkDownload[] = [];
  const machine = (env: Environment): FakeMachine => ({
    folder,
    cache: join(folder, 'cache', 'longhaul'),
    downloads,
    env,
    async download(what) {
      downloads.push(what);
      if (!download) throw new Error('no network here');
      return await download(what);
    },
    withProgram: (name, script, interpreter) => executable(join(folder, 'bin', name), script, interpreter),
    with: (more) => machine({ ...env, ...more }),
  });
  return machine({ HOME: folder, XDG_CACHE_HOME: join(folder, 'cache'), PATH: join(folder, 'bin') });
}

export async function executable(path: string, script = 'exit 0', interpreter = '/bin/sh'): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `#!${interpreter}\n${script}\n`);
  await chmod(path, 0o755);
  return path;
}

/** Records the reported lines. */
export function recorded(): Progress & { readonly lines: string[] } {
  const lines: string[] = [];
  return { lines, found: (line) => lines.push(line), say: (line) => lines.push(line), tick: () => undefined };
}
