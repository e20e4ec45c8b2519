import { chown, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startChild, tellEnding, type Child } from '../child.ts';
import { isExecutable, run, type Environment, type RunOptions } from '../machine.ts';
import { freePort } from '../ports.ts';

export interface Postgres {
  readonly port: number;
  readonly user: string;
  readonly pid: number;
  stop(): Promise<void>;
}

const user = 'temporal';
const readyWithinMs = 30_000;
const lookAgainMs = 100;
const programs = ['initdb', 'postgres', 'pg_isready'] as const;
const debianFolder = '/usr/lib/postgresql';

/** A PostgreSQL cluster in a temporary folder, which is deleted when it is stopped. Until then it is as durable as a real one. */
export async function startPostgres(env: Environment): Promise<Postgres> {
  const binaries = await postgresBinaries(env);
  const folder = await mkdtemp(join(tmpdir(), 'longhaul-postgres-'));
  const runAs = await unprivileged(env);
  if (runAs.uid !== undefined && runAs.gid !== undefined) await chown(folder, runAs.uid, runAs.gid);
  const data = join(folder, 'data');
  const removed = () => rm(folder, { recursive: true, force: true });
  let child: Child | undefined;
  try {
    const options = ['-D', data, '-U', user, '--auth=trust', '-E', 'UTF8', '--locale=C'];
    await run(join(binaries, 'initdb'), options, { env, cwd: folder, ...runAs });
    const port = await freePort();
    const settings = { listen_addresses: '127.0.0.1', unix_socket_directories: folder, max_connections: 200 };
    child = await startChild({
      name: 'PostgreSQL',
      command: join(binaries, 'postgres'),
      args: [
        '-D',
        data,
        '-p',
        String(port),
        ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]),
      ],
      env,
      cwd: folder,
      ...runAs,
    });
    await accepting(child, join(binaries, 'pg_isready'), port, env);
    const started = child;
    return {
      port,
      user,
      pid: started.pid,
      async stop() {
        await started.stop();
        await removed();
      },
    };
  } catch (error) {
    await child?.kill();
    await removed();
    throw error;
  }
}

async function accepting(child: Child, pgIsReady: string, port: number, env: Environment): Promise<void> {
  const giveUpAt = Date.now() + readyWithinMs;
  for (;;) {
    try {
      await run(pgIsReady, ['-h', '127.0.0.1', '-p', String(port), '-d', 'postgres', '-U', user], { env });
      return;
    } catch (cause) {
      const ending = child.ending();
      if (ending) throw new Error(`PostgreSQL ${tellEnding(ending)}:\n${child.tail()}`, { cause });
      if (Date.now() > giveUpAt) throw new Error(`PostgreSQL does not accept connections [port ${port}]`, { cause });
      await sleep(lookAgainMs);
    }
  }
}

/** From the PATH, or the newest version in Debian's folder. */
async function postgresBinaries(env: Environment): Promise<string> {
  const versions = (await readdir(debianFolder).catch(() => [])).sort((a, b) => Number(b) - Number(a));
  const onThePath = (env['PATH'] ?? '').split(delimiter).filter(Boolean);
  for (const folder of [...onThePath, ...versions.map((version) => join(debianFolder, version, 'bin'))]) {
    const there = await Promise.all(programs.map((program) => isExecutable(join(folder, program))));
    if (there.every(Boolean)) return folder;
  }
  throw new Error(`PostgreSQL's ${programs.join(', ')} were not found: install it [PATH, ${debianFolder}/*/bin]`);
}

/** PostgreSQL refuses to run as root, so it runs as the user `postgres` or `nobody`. */
async function unprivileged(env: Environment): Promise<Pick<RunOptions, 'uid' | 'gid'>> {
  if (process.getuid?.() !== 0) return {};
  const idOf = async (flag: string, name: string) => Number((await run('id', [flag, name], { env })).trim());
  const name = await run('id', ['postgres'], { env }).then(
    () => 'postgres',
    () => 'nobody',
  );
  return { uid: await idOf('-u', name), gid: await idOf('-g', name) };
}
