import { createServer, type AddressInfo } from 'node:net';
import { startTestServer, type TestServer } from '@longhaul/testing/servers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePorts, nobodyListens, npmStart } from './npm-start.fixture.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

/** With a running server. The deep run tests that `npm start` finds and starts one itself. */
describe('npm start', () => {
  it('runs the whole tour, exits with 0, and leaves no process behind', async () => {
    const ports = await freePorts();
    const child = await npmStart(['--exit', '--temporal', server.address], ports);
    const { code } = await child.ended;
    expect(child.tail(5)).toContain('Every invariant holds.');
    expect(code).toBe(0);
    await nobodyListens(ports);
  });

  it('judges only its own runs on a server that has those of an earlier tour', async () => {
    const child = await npmStart(['--exit', '--only', 'fleet', '--temporal', server.address], await freePorts());
    const { code } = await child.ended;
    expect(child.tail(5)).toContain('The checker looked at 0 runs');
    expect(child.tail(5)).toContain('Every invariant holds.');
    expect(code).toBe(0);
  });

  it('reports every taken port with the variable to set, and starts nothing', async () => {
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
