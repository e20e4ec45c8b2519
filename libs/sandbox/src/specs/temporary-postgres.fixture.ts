import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';

/** The folder of the server's programs, from Debian's folder or the PATH. */
export function postgresFolder(): string | undefined {
  const versions = '/usr/lib/postgresql';
  const debian = existsSync(versions) ? readdirSync(versions).map((version) => join(versions, version, 'bin')) : [];
  return [...debian.reverse(), ...(process.env.PATH ?? '').split(':')].find((folder) =>
    existsSync(join(folder, 'initdb')),
  );
}

/** A PostgreSQL server in a temporary folder, for one spec file. */
export async function startTemporaryPostgres(programs: string): Promise<{ url: string; stop(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'sandbox-postgres-'));
  const data = join(folder, 'data');
  const port = await freePort();
  // PostgreSQL refuses to run as root.
  const asUser = process.getuid?.() === 0 ? ['runuser', '-u', 'nobody', '--'] : [];
  const command = (program: string, ...rest: string[]) =>
    [...asUser, join(programs, program), ...rest] as [string, ...string[]];
  chmodSync(folder, 0o777);
  const [init, ...initArguments] = command(
    'initdb',
    '-D',
    data,
    '-U',
    'sandbox',
    '-A',
    'trust',
    '-E',
    'UTF8',
    '--no-sync',
  );
  execFileSync(init, initArguments, { cwd: folder, stdio: 'pipe' });
  const [serve, ...serveArguments] = command(
    'postgres',
    ...['-D', data, '-p', String(port), '-k', folder, '-c', 'listen_addresses=127.0.0.1', '-c', 'fsync=off'],
  );
  const server = spawn(serve, serveArguments, { cwd: folder, stdio: 'ignore' });
  const ended = once(server, 'exit');
  const url = `postgres://sandbox@127.0.0.1:${port}/postgres`;

  async function stop() {
    if (server.exitCode === null) server.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  }
  try {
    await untilItAnswers(url, () => server.exitCode);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, stop };
}

async function untilItAnswers(url: string, exitCode: () => number | null): Promise<void> {
  for (let tries = 200; ; tries--) {
    const client = new Client({ connectionString: url });
    try {
      await client.connect();
      await client.end();
      return;
    } catch (cause) {
      if (tries === 0 || exitCode() !== null)
        throw new Error(`The temporary PostgreSQL did not start [${url}]`, { cause });
      await wait(50);
    }
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  return port;
}
