import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort, startChild, startTestServer, type Child, type TestServer } from '@longhaul/testing/servers';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { ride, startIssuer, type TestIssuer } from './gateway.fixture.ts';

/** The gateway as a process. */
function startGateway(environment: Record<string, string>): Promise<Child> {
  const { PATH } = process.env;
  return startChild({
    name: 'gateway',
    command: process.execPath,
    args: ['--conditions=@longhaul/source', '--import', 'tsx', new URL('./main.ts', import.meta.url).pathname],
    env: {
      PATH,
      GATEWAY_HOST: '127.0.0.1',
      HEALTH_PORT: '0',
      BOOKING_SERVICE_URL: 'http://127.0.0.1:1',
      PAYMENT_SERVICE_URL: 'http://127.0.0.1:1',
      ...environment,
    },
  });
}

test('all mistakes of the environment are reported, and the process exits with 78', async () => {
  const gateway = await startGateway({ GATEWAY_PORT: 'abc', ENABLE_TEMPORAL_WORKFLOWS: 'perhaps' });
  expect(await gateway.ended).toMatchObject({ code: 78 });
  for (const name of ['GATEWAY_PORT', 'GATEWAY_ISSUER', 'ENABLE_TEMPORAL_WORKFLOWS'])
    expect(gateway.tail()).toContain(name);
});

test('a taken port is reported with the variable to set', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => other.once('listening', resolve));
  const { port } = other.address() as AddressInfo;
  const gateway = await startGateway({ GATEWAY_PORT: String(port), GATEWAY_ISSUER: 'http://127.0.0.1:1' });
  expect(await gateway.ended).toMatchObject({ code: 1 });
  expect(gateway.tail()).toContain(`The port is taken: set GATEWAY_PORT to a free one [${port}]`);
  other.close();
});

describe('a running gateway', () => {
  let server: TestServer;
  let issuer: TestIssuer;
  let gateway: Child;
  let url: string;
  let authorization: string;

  beforeAll(async () => {
    [server, issuer] = await Promise.all([startTestServer(), startIssuer()]);
    authorization = `Bearer ${await issuer.token({ sub: ride.user })}`;
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    gateway = await startGateway({
      GATEWAY_PORT: String(port),
      GATEWAY_ISSUER: issuer.url,
      TEMPORAL_ADDRESS: server.address,
    });
    while (!(await isReady())) {
      if (gateway.ending()) throw new Error(gateway.tail());
      await pause(100);
    }
  });
  afterAll(async () => {
    await gateway.stop();
    await issuer.close();
    await server.stop();
  });

  const isReady = () =>
    fetch(`${url}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );

  test('starts a run at Temporal once, and answers its status without a worker', async () => {
    const book = (body: unknown) =>
      fetch(`${url}/api/v1/bookings`, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    const [first, second, other] = [await book(ride), await book(ride), await book({ ...ride, bus: 'b-8' })];
    expect([first.status, second.status, other.status]).toEqual([202, 202, 422]);
    expect(await second.json()).toEqual(await first.json());
    const status = await fetch(url + first.headers.get('location')!, { headers: { authorization } });
    expect(await status.json()).toMatchObject({ workflowId: 'booking-u-ada.r-1', state: 'unknown' });
  });

  test('is not ready but alive while Temporal is down', async () => {
    const other = await startTestServer();
    const port = await freePort();
    const second = await startGateway({
      GATEWAY_PORT: String(port),
      GATEWAY_ISSUER: issuer.url,
      TEMPORAL_ADDRESS: other.address,
    });
    const answers = (path: string, status: number) =>
      vi.waitFor(async () => expect((await fetch(`http://127.0.0.1:${port}${path}`)).status).toBe(status), 20_000);
    await answers('/readyz', 200);
    await other.stop();
    await answers('/readyz', 503);
    await answers('/livez', 200);
    expect(await second.stop()).toMatchObject({ code: 0 });
  });

  test('answers its long polls at SIGTERM, and exits with 0', async () => {
    const polling = fetch(`${url}/api/v1/bookings/booking-u-ada.r-1/result?wait=30`, { headers: { authorization } });
    while (!gateway.tail().includes('/result')) await pause(20);
    const stopping = gateway.stop(20_000);
    expect((await polling).status).toBe(202);
    expect(await stopping).toMatchObject({ code: 0, signal: null });
  });
});
