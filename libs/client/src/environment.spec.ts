import { expect, test } from 'vitest';
import { connectionFromEnvironment } from './environment.ts';

test('an empty environment is the local server and its default namespace', () => {
  expect(connectionFromEnvironment({ HOME: '/nowhere' })).toMatchObject({ connection: {}, namespace: 'default' });
});

test("Temporal's own variables say where the server is", () => {
  expect(
    connectionFromEnvironment({ TEMPORAL_ADDRESS: 'temporal:7233', TEMPORAL_NAMESPACE: 'rides', TEMPORAL_API_KEY: '' }),
  ).toEqual({ connection: { address: 'temporal:7233' }, namespace: 'rides' });
});

test('an API key brings TLS with it', () => {
  const { connection } = connectionFromEnvironment({ TEMPORAL_ADDRESS: 'cloud:7233', TEMPORAL_API_KEY: 'k' });
  expect(connection).toMatchObject({ apiKey: 'k', tls: expect.anything() as unknown });
});
