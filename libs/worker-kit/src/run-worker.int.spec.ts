import {
  freePort,
  openTlsDoor,
  startChild,
  startTestServer,
  testCertificates,
  type Child,
  type TestServer,
} from '@longhaul/testing/servers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** The worker as the process that it is. */
function startEcho(environment: Record<string, string>): Promise<Child> {
  const { PATH } = process.env;
  return startChild({
    name: 'echo-worker',
    command: process.execPath,
    args: [
      '--conditions=@longhaul/source',
      '--import',
      'tsx',
      new URL('./echo-worker.fixture.ts', import.meta.url).pathname,
    ],
    env: { PATH, HEALTH_HOST: '127.0.0.1', ...environment },
  });
}

async function readiness(worker: Child, port: number): Promise<string> {
  if (worker.ending()) throw new Error(worker.tail());
  const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined);
  return answer ? `${answer.status} ${await answer.text()}` : 'not there yet';
}

describe('a worker', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.stop());

  it('reaches a Temporal that speaks TLS with a CA and a certificate, and never speaks to it without', async () => {
    const door = await openTlsDoor(server.address, { wantsCertificate: true });
    const port = await freePort();
    const { authority, certificate, key } = testCertificates;
    const worker = await startEcho({
      TEMPORAL_ADDRESS: door.address,
      TEMPORAL_TLS_SERVER_CA_CERT_DATA: authority,
      TEMPORAL_TLS_CLIENT_CERT_DATA: certificate,
      TEMPORAL_TLS_CLIENT_KEY_DATA: key,
      HEALTH_PORT: String(port),
    });
    await expect.poll(() => readiness(worker, port), { timeout: 20_000 }).toMatch(/^200 /);
    expect(await worker.stop()).toMatchObject({ code: 0 });
    expect(door.seen.without).toBe(0);
    await door.close();
  });

  it('with half a configuration ends with 78, names all of it, and speaks to nobody', async () => {
    const door = await openTlsDoor(server.address);
    const worker = await startEcho({
      TEMPORAL_ADDRESS: door.address,
      TEMPORAL_TLS_CLIENT_CERT_DATA: testCertificates.certificate,
      TEMPORAL_MAX_CONCURRENT_ACTIVITIES: 'many',
    });
    expect(await worker.ended).toMatchObject({ code: 78 });
    expect(worker.tail()).toContain('TEMPORAL_TLS_CLIENT_KEY_PATH');
    expect(worker.tail()).toContain('TEMPORAL_MAX_CONCURRENT_ACTIVITIES');
    expect(door.seen).toEqual({ withTls: 0, without: 0 });
    await door.close();
  });
});
