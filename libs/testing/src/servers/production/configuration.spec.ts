import { describe, expect, it } from 'vitest';
import { freePortsBelow } from '../ports.ts';
import { configuration, dynamicConfiguration, serverPortNames, type ServerPorts } from './configuration.ts';

const ports = Object.fromEntries(
  serverPortNames.map((name, index) => [name, 20_000 + index]),
) as unknown as ServerPorts;

describe("the production server's configuration", () => {
  it('keeps runs and visibility in two databases of the given PostgreSQL', () => {
    const { datastores } = configuration(ports, { port: 5_555, user: 'temporal' }, '/d.yaml').persistence;
    expect(datastores.default.sql).toMatchObject({ databaseName: 'temporal', connectAddr: '127.0.0.1:5555' });
    expect(datastores.visibility.sql).toMatchObject({ databaseName: 'temporal_visibility', user: 'temporal' });
  });

  it('listens on this machine only, on ports that all differ', () => {
    const { services } = configuration(ports, { port: 5_555, user: 'temporal' }, '/d.yaml');
    const rpcs = Object.values(services).map(({ rpc }) => rpc);
    expect(rpcs.map(({ bindOnIP }) => bindOnIP)).toEqual(['127.0.0.1', '127.0.0.1', '127.0.0.1', '127.0.0.1']);
    expect(new Set(rpcs.flatMap(({ grpcPort, membershipPort }) => [grpcPort, membershipPort])).size).toBe(8);
  });

  it('gives each dynamic value to everything', () => {
    expect(dynamicConfiguration({ 'system.enableActivityEagerExecution': true })).toEqual({
      'system.enableActivityEagerExecution': [{ value: true, constraints: {} }],
    });
  });

  it('gets ports that fit into the membership table', async () => {
    const found = await freePortsBelow(32_768, serverPortNames.length);
    expect(new Set(found).size).toBe(serverPortNames.length);
    expect(Math.max(...found)).toBeLessThan(32_768);
  });
});
