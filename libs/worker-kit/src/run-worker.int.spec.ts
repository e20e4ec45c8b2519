import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  freePort,
  openTlsDoor,
  startChild,
  startTestServer,
  testCertificates,
  type Child,
  type TestServer,
} from '@longhaul/testing/servers';
import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** The worker as a process. */
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

/** A server that answers only when the spec releases its calls. */
async function openWall() {
  const asked: ServerResponse[] = [];
  const server = createServer((_, answer) => void asked.push(answer));
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    asked,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answer: (text: string) => asked.forEach((one) => one.end(text)),
    close: () => server.close(),
  };
}

describe('a worker', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({ dynamicConfig: { 'activity.enableStandalone': true } });
  });
  afterAll(() => server.stop());

  it('connects to Temporal with TLS, a CA and a certificate, and never without', async () => {
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

  it('with an incomplete configuration exits with 78, reports all mistakes, and makes no connection', async () => {
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

  it('with two queues is ready, measured and drained on both, and a full queue does not block the other', async () => {
    const port = await freePort();
    const worker = await startEcho({ TEMPORAL_ADDRESS: server.address, HEALTH_PORT: String(port) });
    await expect.poll(() => readiness(worker, port), { timeout: 20_000 }).toMatch(/^200 /);
    const connection = await Connection.connect({ address: server.address });
    const { activity } = new Client({ connection });
    const wall = await openWall();
    const within = { startToCloseTimeout: '1 minute' } as const;

    const slow = await activity.start<string>('echoOf', {
      id: 'slow',
      taskQueue: 'slow-echo',
      args: [wall.url],
      ...within,
    });
    await expect.poll(() => wall.asked.length).toBe(1);
    expect(await activity.execute('echo', { id: 'quick', taskQueue: 'echo', args: ['hello'], ...within })).toBe(
      'hello',
    );
    const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    for (const queue of ['echo', 'slow-echo']) {
      expect(metrics).toMatch(new RegExp(`^temporal_worker_task_slots_available.*task_queue="${queue}"`, 'm'));
    }

    const ended = worker.stop(30_000);
    // One queue has nothing left to drain, and waits for the other.
    const draining = /^503 the worker is (draining|drained|stopping|stopped)/;
    await expect.poll(() => readiness(worker, port), { timeout: 20_000 }).toMatch(draining);
    expect((await fetch(`http://127.0.0.1:${port}/livez`)).status).toBe(200);
    wall.answer('hello, hello');
    expect(await slow.result()).toBe('hello, hello');
    expect(await ended).toMatchObject({ code: 0 });
    wall.close();
    await connection.close();
  });
});
