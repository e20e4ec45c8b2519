import {
  openTlsDoor,
  startTestServer,
  testCertificates,
  type TestServer,
  type TlsDoor,
} from '@longhaul/testing/servers';
import { NativeConnection } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectionFromEnvironment } from './environment.ts';
import { Unavailable } from './errors.ts';
import { connect } from './longhaul.ts';

const { authority, certificate, key } = testCertificates;

let server: TestServer;
let door: TlsDoor;
let strictDoor: TlsDoor;
beforeAll(async () => {
  server = await startTestServer();
  [door, strictDoor] = await Promise.all([
    openTlsDoor(server.address),
    openTlsDoor(server.address, { wantsCertificate: true }),
  ]);
});
afterAll(async () => {
  await Promise.all([door.close(), strictDoor.close()]);
  await server.stop();
});

/** Connects like the gateway and like a worker, with the same settings. */
async function bothReach(environment: Record<string, string>): Promise<void> {
  const { connection, namespace } = connectionFromEnvironment(environment);
  const client = connect({ connection, namespace });
  await client.check({ waitMs: 5_000 });
  await client.close();
  const native = await NativeConnection.connect(connection);
  await native.workflowService.describeNamespace({ namespace });
  await native.close();
}

describe('client and worker connect to a server with TLS', () => {
  test.each([
    ['by its authority alone', { TEMPORAL_TLS_SERVER_CA_CERT_DATA: authority }],
    [
      'by another name of it',
      { TEMPORAL_TLS_SERVER_CA_CERT_DATA: authority, TEMPORAL_TLS_SERVER_NAME: 'temporal.longhaul.test' },
    ],
    ['with an API key', { TEMPORAL_TLS_SERVER_CA_CERT_DATA: authority, TEMPORAL_API_KEY: 'k' }],
  ])('%s', async (_how, environment) => {
    await bothReach({ ...environment, TEMPORAL_ADDRESS: door.address });
    expect(door.seen.without).toBe(0);
  });

  test('with a client certificate, if the server requires one', async () => {
    await bothReach({
      TEMPORAL_ADDRESS: strictDoor.address,
      TEMPORAL_TLS_SERVER_CA_CERT_DATA: authority,
      TEMPORAL_TLS_CLIENT_CERT_DATA: certificate,
      TEMPORAL_TLS_CLIENT_KEY_DATA: key,
    });
    expect(strictDoor.seen.without).toBe(0);
  });
});

test('a server with an unknown certificate authority is refused', async () => {
  const { connection } = connectionFromEnvironment({ TEMPORAL_ADDRESS: door.address, TEMPORAL_TLS: 'true' });
  const client = connect({ connection });
  await expect(client.check({ waitMs: 500 })).rejects.toBeInstanceOf(Unavailable);
  await client.close();
  await expect(NativeConnection.connect(connection)).rejects.toThrow();
  expect(door.seen.without).toBe(0);
});

test('the test server counts connections without TLS', async () => {
  await expect(NativeConnection.connect({ address: door.address })).rejects.toThrow();
  expect(door.seen.without).toBeGreaterThan(0);
});
