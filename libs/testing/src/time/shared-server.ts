import { startTestServer } from '../servers/test-server.ts';
import { specRun } from '../spec-run.ts';

interface SharedServer {
  readonly address: string;
  readonly release: () => Promise<void>;
}

/** The server of this run of the specs; without one, as when histories are recorded, a server for the caller alone. */
export async function sharedTestServer(): Promise<SharedServer> {
  const address = process.env[specRun.server];
  if (address !== undefined) return { address, release: () => Promise.resolve() };
  const server = await startTestServer();
  return { address: server.address, release: () => server.stop() };
}
