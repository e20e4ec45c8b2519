import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDevServer } from '@longhaul/testing/servers';
import type { CostBearer } from '../load/rounds.ts';
import type { Started } from '../started.ts';

export const serverKinds = ['memory', 'file'] as const;
export type ServerKind = (typeof serverKinds)[number];

export interface BenchServer {
  readonly kind: ServerKind;
  readonly address: string;
  readonly costs: readonly CostBearer[];
  /** Bytes its database has written, where that can be known. */
  readonly bytesWritten: (() => Promise<number>) | undefined;
}

export interface ServerOptions {
  /** `system.enableActivityEagerExecution`. Default: on, as our servers are configured. */
  readonly eager?: boolean;
}

export async function startServer(
  kind: ServerKind,
  { eager = true }: ServerOptions,
  started: Started,
): Promise<BenchServer> {
  const folder = await mkdtemp(join(tmpdir(), 'longhaul-bench-'));
  started.onStop(() => rm(folder, { recursive: true, force: true }));
  const server = await startDevServer({
    ...(kind === 'file' && { dbFilename: join(folder, 'temporal.db') }),
    dynamicConfig: { 'system.enableActivityEagerExecution': eager },
  });
  started.onStop(() => server.stop());
  return {
    kind,
    address: server.address,
    costs: [{ label: 'server', pid: server.pid }],
    bytesWritten: kind === 'file' ? () => sizeOf(folder) : undefined,
  };
}

/** What the database file and its log have grown to: storage, not every write on the way. */
async function sizeOf(folder: string): Promise<number> {
  const files = await Promise.all((await readdir(folder)).map((name) => stat(join(folder, name))));
  return files.reduce((sum, { size }) => sum + size, 0);
}
