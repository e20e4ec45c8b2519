import type { DynamicConfig } from '../servers/dynamic-config.ts';
import { startTestServer } from '../servers/test-server.ts';
import { specRun } from '../spec-run.ts';

interface SharedServer {
  readonly address: string;
  readonly release: () => Promise<void>;
}

/**
 * The server that all specs share. A new server if the caller needs other settings, or if there is no shared one, as when
 * histories are recorded.
 */
export async function sharedTestServer(dynamicConfig?: DynamicConfig): Promise<SharedServer> {
  const address = process.env[specRun.server];
  if (address !== undefined && !dynamicConfig) return { address, release: () => Promise.resolve() };
  const server = await startTestServer({ ...(dynamicConfig && { dynamicConfig }) });
  return { address: server.address, release: () => server.stop() };
}
