import { describe, expect, it } from 'vitest';
import {
  configuration,
  dynamicConfiguration,
  onPostgres,
  onSqlite,
  serverPortNames,
  type ServerPorts,
} from './configuration.ts';
import { freePortsBelow } from './ports.ts';

const ports = Object.fromEntries(
  serverPortNames.map((name, index) => [name, 20_000 + index]),
) as unknown as ServerPorts;

describe("the server's configuration", () => {
  it('stores runs and visibility in two databases of the given PostgreSQL', () => {
    const { datastores } = configuration(ports, onPostgres({ port: 5_555, user: 'temporal' }), '/d.yaml').persistence;
    expect(datastores).toMatchObject({
      default: { sql: { databaseName: 'temporal', connectAddr: '127.0.0.1:5555' } },
      visibility: { sql: { databaseName: 'temporal_visibility', user: 'temporal' } },
    });
  });

  it('stores them in memory or in the given file, which is created if it is missing', () => {
    expect(onSqlite().runs).toMatchObject({ sql: { connectAttributes: { mode: 'memory' } } });
    expect(onSqlite('/t.db').runs).toMatchObject({
      sql: { databaseName: '/t.db', connectAttributes: { mode: 'rwc', setup: 'true' } },
    });
  });

  it('listens on this machine only, on different ports', () => {
    const { services } = configuration(ports, onSqlite(), '/d.yaml');
    const rpcs = Object.values(services).map(({ rpc }) => rpc);
    expect(rpcs.map(({ bindOnIP }) => bindOnIP)).toEqual(['127.0.0.1', '127.0.0.1', '127.0.0.1', '127.0.0.1']);
    expect(new Set(rpcs.flatMap(({ grpcPort, membershipPort }) => [grpcPort, membershipPort])).size).toBe(8);
  });

  it('sets each dynamic value without constraints', () => {
    expect(dynamicConfiguration({ 'system.enableActivityEagerExecution': true })).toEqual({
      'system.enableActivityEagerExecution': [{ value: true, constraints: {} }],
    });
  });

  it('gets ports below the limit of the membership table', async () => {
    const found = await freePortsBelow(32_768, serverPortNames.length);
    expect(new Set(found).size).toBe(serverPortNames.length);
    expect(Math.max(...found)).toBeLessThan(32_768);
  });
});
