import { createServer, type AddressInfo } from 'node:net';
import { startTestServer, type TestServer } from '@longhaul/testing/servers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePorts, nobodyListens, npmStart } from './npm-start.fixture.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

/** With a server that is up already. That `npm start` gets and starts one of its own is seen in the deep run. */
describe('npm start', () => {
  it('takes the whole tour, ends with 0, and leaves nothing behind', async () => {
    const ports = await freePorts();
    const child = await npmStart(['--exit', '--temporal', server.address], ports);
    const { code } = await child.ended;
    expect(child.tail(5)).toContain('Every invariant holds.');
    expect(code).toBe(0);
    await nobodyListens(ports);
  });

  it('names every taken port and what to set instead, and starts nothing', async () => {
    const taker = createServer();
    await new Promise<void>((resolve) => taker.listen(0, '127.0.0.1', resolve));
    try {
      const { port } = taker.address() as AddressInfo;
      const child = await npmStart([], { ...(await freePorts()), GATEWAY_PORT: String(port) });
      expect((await child.ended).code).toBe(1);
      expect(child.tail(3)).toContain(
        `Port ${port} for the gateway is taken. Stop what listens there, or set GATEWAY_PORT to another port`,
      );
    } finally {
      taker.close();
    }
  });
});
