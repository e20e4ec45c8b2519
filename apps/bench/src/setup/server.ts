import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDevServer, startProductionServer } from '@longhaul/testing/servers';
import pg from 'pg';
import type { CostBearer } from '../load/rounds.ts';
import type { Started } from '../started.ts';

/** Sorted from the fastest to the most like production. */
export const serverKinds = ['memory', 'file', 'postgres'] as const;
export type ServerKind = (typeof serverKinds)[number];

export interface BenchServer {
  readonly kind: ServerKind;
  readonly address: string;
  readonly costs: readonly CostBearer[];
  /** The bytes that its database has written, if that can be measured. */
  readonly bytesWritten: (() => Promise<number>) | undefined;
}

export interface ServerOptions {
  /** `system.enableActivityEagerExecution`. Default: on, as our servers are configured. */
  readonly eager?: boolean;
}

export function startServer(kind: ServerKind, { eager = true }: ServerOptions, started: Started): Promise<BenchServer> {
  const dynamicConfig = { 'system.enableActivityEagerExecution': eager };
  return kind === 'postgres' ? onPostgres(dynamicConfig, started) : devServer(kind, dynamicConfig, started);
}

type DynamicConfig = Readonly<Record<string, boolean>>;

async function devServer(
  kind: 'memory' | 'file',
  dynamicConfig: DynamicConfig,
  started: Started,
): Promise<BenchServer> {
  const folder = await mkdtemp(join(tmpdir(), 'longhaul-bench-'));
  started.onStop(() => rm(folder, { recursive: true, force: true }));
  const server = await startDevServer({
    ...(kind === 'file' && { dbFilename: join(folder, 'temporal.db') }),
    dynamicConfig,
  });
  started.onStop(() => server.stop());
  return {
    kind,
    address: server.address,
    costs: [{ label: 'server', pid: server.pid }],
    bytesWritten: kind === 'file' ? () => sizeOf(folder) : undefined,
  };
}

async function onPostgres(dynamicConfig: DynamicConfig, started: Started): Promise<BenchServer> {
  const server = await startProductionServer({ dynamicConfig });
  started.onStop(() => server.stop());
  const { port, user } = server.postgres;
  const database = new pg.Client({ host: '127.0.0.1', port, user, database: 'postgres' });
  await database.connect();
  started.onStop(() => database.end());
  return {
    kind: 'postgres',
    address: server.address,
    costs: [
      { label: 'server', pid: server.pid },
      { label: 'database', pid: server.postgres.pid, withChildren: true },
    ],
    bytesWritten: () => walBytes(database),
  };
}

/** The size of the write-ahead log, which has every change of both of the server's databases. */
async function walBytes(database: pg.Client): Promise<number> {
  const { rows } = await database.query<{ bytes: string }>('select wal_bytes::text as bytes from pg_stat_wal');
  return Number(rows[0]?.bytes);
}

/** The size of the database file and its log, which is less than all writes. */
async function sizeOf(folder: string): Promise<number> {
  const files = await Promise.all((await readdir(folder)).map((name) => stat(join(folder, name))));
  return files.reduce((sum, { size }) => sum + size, 0);
}
