import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onSqlite } from './configuration.ts';
import { startDevServer, type DevServer } from './dev-server.ts';
import { ourDynamicConfig, type DynamicConfig } from './dynamic-config.ts';
import { prepareNamespace } from './namespace.ts';
import { tellOnlyWaits } from './progress.ts';
import { startServerProcess } from './server-process.ts';
import { servesNamespace } from './serves.ts';
import { findTemporalServer } from './temporal-server.ts';

export interface TestServerOptions {
  /** Stores runs in this file, so that they survive a restart. Default: in memory, which is faster. */
  readonly dbFilename?: string;
  readonly dynamicConfig?: DynamicConfig;
  readonly logFile?: string;
}

export type TestServer = Omit<DevServer, 'uiUrl'>;

const namespace = 'default';
const stopGraceMs = 5_000;

/** Lets runs skip time if they request it. By default each skip would take a second. */
const skipsTime: DynamicConfig = {
  'frontend.WorkflowTimeSkippingEnabled': true,
  'frontend.WorkflowTimeSkippingMaxSkipPerSession': 100_000,
  'history.timerProcessorMaxTimeShift': '10ms',
};

/** Starts a real server, which takes a third of a second. Time passes normally, except in runs that skip it. */
export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const { kind, path } = await findTemporalServer(tellOnlyWaits());
  const dynamicConfig = { ...ourDynamicConfig, ...skipsTime, ...options.dynamicConfig };
  if (kind === 'cli') return startDevServer({ ...options, executable: path, dynamicConfig });

  const { dbFilename, logFile } = options;
  const folder = await mkdtemp(join(tmpdir(), 'longhaul-temporal-'));
  const removed = () => rm(folder, { recursive: true, force: true });
  try {
    const first = { executable: path, store: onSqlite(dbFilename), dynamicConfig, folder, logFile };
    let server = await startServerProcess(first);
    try {
      await prepareNamespace(server.address, namespace);
      await servesNamespace(server.address, namespace, server.ended);
    } catch (error) {
      await server.child.kill();
      throw error;
    }
    return {
      address: server.address,
      namespace,
      get pid() {
        return server.child.pid;
      },
      get ended() {
        return server.child.ended;
      },
      tail: (lines) => server.child.tail(lines),
      async stop() {
        await server.child.stop(stopGraceMs);
        await removed();
      },
      async kill() {
        await server.child.kill();
        await removed();
      },
      async restart() {
        if (!server.child.ending()) await server.child.stop(stopGraceMs);
        server = await server.again();
        await servesNamespace(server.address, namespace, server.ended);
      },
    };
  } catch (error) {
    await removed();
    throw error;
  }
}
