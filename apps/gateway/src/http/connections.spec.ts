import { once } from 'node:events';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startIssuer, testGateway, type TestIssuer } from '../gateway.fixture.ts';
import type { GatewayOptions } from '../gateway.ts';

let issuer: TestIssuer;
beforeAll(async () => {
  issuer = await startIssuer();
  return async () => {
    await issuer.close();
  };
});

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).toReversed()) await one.close();
});

/** A gateway on a port, and raw connections to it. */
async function listening(options: Pick<GatewayOptions, 'patience' | 'maxConnections'> = {}) {
  const { app, logged } = await testGateway(issuer, options);
  open.push(app);
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const dial = async (bytes = ''): Promise<Socket> => {
    const socket = connect(port, '127.0.0.1').on('error', () => undefined);
    open.push({ close: () => socket.destroy() });
    await once(socket, 'connect');
    socket.write(bytes);
    return socket;
  };
  /** Sends these bytes and returns everything received until the connection closes. */
  const send = async (bytes: string) => text(await dial(bytes));
  return { app, logged, dial, send };
}

const get = (path: string, ...headers: string[]) =>
  `GET ${path} HTTP/1.1\r\n${['host: x', ...headers].map((header) => `${header}\r\n`).join('')}\r\n`;

describe('a request that cannot be parsed gets a problem document', () => {
  test.each([
    ['nonsense', 'NONSENSE\r\n\r\n', 400, 'invalid-request'],
    ['an unknown method', 'PEEK / HTTP/1.1\r\nhost: x\r\n\r\n', 400, 'invalid-request'],
    [
      'two lengths',
      'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 3\r\ntransfer-encoding: chunked\r\n\r\n',
      400,
      'invalid-request',
    ],
    ['no host', 'GET /livez HTTP/1.1\r\nconnection: close\r\n\r\n', 400, 'invalid-request'],
    ['an invalid path', get('/api/v1/%zz', 'connection: close'), 400, 'invalid-request'],
    ['large headers', get('/livez', `a: ${'a'.repeat(20_000)}`), 431, 'headers-too-large'],
  ])('%s', async (_what, bytes, status, code) => {
    const { send, logged } = await listening();
    const before = logged.length;
    const [head, body] = (await send(bytes)).split('\r\n\r\n') as [string, string];
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(head).toMatch(/^content-type: application\/problem\+json; charset=utf-8\r$/im);
    expect(head).toMatch(/^x-content-type-options: nosniff\r?$/im);
    expect(head).toMatch(/^x-correlation-id: [\w-]{36}\r?$/im);
    expect(JSON.parse(body)).toMatchObject({ status, code });
    expect(logged.slice(before).join('')).not.toContain('aaaa');
  });

  test('but an unknown `Expect` header is ignored', async () => {
    const { send } = await listening();
    expect(await send(get('/livez', 'expect: 200-ok', 'connection: close'))).toMatch(/^HTTP\/1.1 200 /);
  });
});

describe('a slow client is disconnected', () => {
  const patience = { headersMs: 600, requestMs: 700 };
  test.each([
    ['a connection without data', ''],
    ['headers that do not end', 'GET /livez HTTP/1.1\r\nhost: x\r\n'],
    ['a body that does not end', 'POST /api/v1/webhooks/paystack HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\na'],
  ])('%s', async (_what, bytes) => {
    const { send } = await listening({ patience });
    expect(await send(bytes)).toContain('"code":"request-timeout"');
  });

  test('within 10 s for the headers and 30 s in total, including the interval of the check', async () => {
    const { app } = await listening();
    const lookEveryMs = 500;
    expect(app.server.headersTimeout).toBe(10_000 - lookEveryMs);
    expect(app.server.requestTimeout).toBe(30_000 - lookEveryMs);
  });
});

describe('idle connections do not lock others out', () => {
  test.each([
    ['without data', ''],
    ['that have been answered', get('/livez')],
    ['that are slow', 'POST /api/v1/bookings HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\na'],
  ])('with connections %s', async (_what, bytes) => {
    const { dial, send } = await listening({ maxConnections: 3 });
    const held = [];
    for (let count = 0; count < 3; count += 1) {
      const socket = await dial(bytes);
      held.push(socket);
      if (bytes === get('/livez')) await once(socket, 'data');
    }
    const gone = once(held[0]!, 'close');
    expect(await send(get('/livez', 'connection: close'))).toMatch(/^HTTP\/1.1 200 /);
    held[0]!.resume();
    await gone;
    expect(held[2]!.closed).toBe(false);
  });
});
