import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTestServer, type TestServer } from './test-server.ts';

/** A stopped server with a known address. After `restart` its namespace exists from the first answer on. */
export async function lateTestServer(): Promise<Pick<TestServer, 'address' | 'restart' | 'stop'>> {
  const folder = await mkdtemp(join(tmpdir(), 'longhaul-late-'));
  const server = await startTestServer({ dbFilename: join(folder, 'temporal.db') });
  await server.kill();
  return {
    address: server.address,
    restart: () => server.restart(),
    async stop() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
