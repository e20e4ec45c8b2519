import type { DynamicConfig } from '../servers/dynamic-config.ts';
import { startTestServer } from '../servers/test-server.ts';
import { specRun } from '../spec-run.ts';

interface SharedServer {
  readonly address: string;
  readonly release: () => Promise<void>;
}

/**
 * The server of this run of the specs. For a caller that wants it configured otherwise, or without one, as when histories are
 * recorded, a server of the caller's own.
 */
export async function sharedTestServer(dynamicConfig?: DynamicConfig): Promise<SharedServer> {
  const address = process.env[specRun.server];
  if (address !== undefined && !dynamicConfig) return { address, release: () => Promise.resolve() };
  const server = await startTestServer({ ...(dynamicConfig && { dynamicConfig }) });
  return { address: server.address, release: () => server.stop() };
}
