import type { DynamicConfig } from './dynamic-config.ts';

export interface ServerPorts {
  readonly frontend: number;
  readonly frontendMembership: number;
  readonly history: number;
  readonly historyMembership: number;
  readonly matching: number;
  readonly matchingMembership: number;
  readonly worker: number;
  readonly workerMembership: number;
}

export const serverPortNames = [
  'frontend',
  'frontendMembership',
  'history',
  'historyMembership',
  'matching',
  'matchingMembership',
  'worker',
  'workerMembership',
] as const satisfies readonly (keyof ServerPorts)[];

const host = '127.0.0.1';

export const databases = { default: 'temporal', visibility: 'temporal_visibility' } as const;

/** The database of a server. */
export interface Store {
  readonly shards: number;
  readonly runs: object;
  readonly visibility: object;
}

export function onPostgres({ port, user }: { readonly port: number; readonly user: string }): Store {
  const database = (databaseName: string, connections: number) => ({
    sql: {
      pluginName: 'postgres12',
      databaseName,
      connectAddr: `${host}:${port}`,
      connectProtocol: 'tcp',
      user,
      password: '',
      maxConns: connections,
      maxIdleConns: connections,
      maxConnLifetime: '1h',
    },
  });
  return { shards: 4, runs: database(databases.default, 20), visibility: database(databases.visibility, 10) };
}

/** SQLite in a file, or in memory until the server ends. */
export function onSqlite(file?: string): Store {
  const place =
    file === undefined
      ? { databaseName: 'default', connectAttributes: { mode: 'memory', cache: 'private' } }
      : {
          databaseName: file,
          connectAttributes: { mode: 'rwc', setup: 'true', journal_mode: 'wal', synchronous: '2' },
        };
  const database = {
    sql: {
      pluginName: 'sqlite',
      connectAddr: 'localhost',
      connectProtocol: 'tcp',
      maxConns: 1,
      maxIdleConns: 1,
      ...place,
    },
  };
  return { shards: 1, runs: database, visibility: database };
}

/** The server's configuration file. It is YAML, and JSON is valid YAML. */
export function configuration(ports: ServerPorts, store: Store, dynamicConfigFile: string) {
  const service = (grpcPort: number, membershipPort: number) => ({
    rpc: { grpcPort, membershipPort, bindOnIP: host },
  });
  return {
    log: { stdout: true, level: 'warn' },
    persistence: {
      defaultStore: 'default',
      visibilityStore: 'visibility',
      numHistoryShards: store.shards,
      datastores: { default: store.runs, visibility: store.visibility },
    },
    global: { membership: { maxJoinDuration: '30s', broadcastAddress: host } },
    services: {
      frontend: service(ports.frontend, ports.frontendMembership),
      history: service(ports.history, ports.historyMembership),
      matching: service(ports.matching, ports.matchingMembership),
      worker: service(ports.worker, ports.workerMembership),
    },
    clusterMetadata: {
      enableGlobalNamespace: false,
      failoverVersionIncrement: 10,
      masterClusterName: 'active',
      currentClusterName: 'active',
      clusterInformation: {
        active: {
          enabled: true,
          initialFailoverVersion: 1,
          rpcName: 'frontend',
          rpcAddress: `${host}:${ports.frontend}`,
        },
      },
    },
    dcRedirectionPolicy: { policy: 'noop' },
    publicClient: { hostPort: `${host}:${ports.frontend}` },
    dynamicConfigClient: { filepath: dynamicConfigFile, pollInterval: '10s' },
  };
}

/** Each key with one value, without constraints. */
export function dynamicConfiguration(values: DynamicConfig) {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, [{ value, constraints: {} }]]));
}
