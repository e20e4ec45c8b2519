import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Server as TcpServer, type Socket } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CallObservation } from './http.ts';
import { webhookSender, type WebhookSenderOptions } from './merchant-webhook.ts';

const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const event = { eventId: 'evt-p-1-1', secrets: [secret], body: '{"id":"evt-p-1-1",  "name":"Ọláyẹmí"}' };
const context = { correlationId: 'c-1', traceparent: '00-abc-def-01' };

describe("an event for a merchant's server", () => {
  let server: Server;
  let answer: (request: IncomingMessage, response: ServerResponse) => void;
  let seen: { request: IncomingMessage; body: string }[] = [];
  const port = () => (server.address() as AddressInfo).port;

  beforeAll(async () => {
    server = createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (part: string) => (body += part));
      request.on('end', () => {
        seen.push({ request, body });
        answer(request, response);
      });
    });
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  });
  beforeEach(() => void (seen = []));
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const send = (
    options: WebhookSenderOptions = {},
    url = `http://127.0.0.1:${port()}/hooks?a=1`,
    signal?: AbortSignal,
  ) =>
    webhookSender({ allowLoopback: true, timeoutMs: 5_000, ...options }).send(
      { url, ...event },
      { ...context, signal },
    );
  const willAnswer = (status: number, headers: Record<string, string> = {}) => {
    answer = (_, response) => void response.writeHead(status, headers).end('{}');
  };

  it('is sent as the exact bytes, signed, with no internal headers but the correlation id', async () => {
    willAnswer(202);
    const observed: CallObservation[] = [];
    const answered = await send({ observe: (call) => observed.push(call) });
    expect(answered).toEqual({ status: 'accepted', httpStatus: 202 });
    const { request, body } = seen[0]!;
    expect(body).toBe(event.body);
    expect(`${request.method} ${request.url}`).toBe('POST /hooks?a=1');
    expect(new Webhook(secret).verify(body, request.headers as Record<string, string>)).toMatchObject({
      name: 'Ọláyẹmí',
    });
    // There are only these headers in addition to those verified above.
    const verified = { 'webhook-timestamp': '', 'webhook-signature': '' };
    expect({ ...request.headers, ...verified }).toEqual({
      ...verified,
      host: `127.0.0.1:${port()}`,
      connection: 'close',
      'webhook-id': event.eventId,
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(event.body)),
      'accept-encoding': 'identity',
      'user-agent': 'longhaul-webhooks/1',
      'x-correlation-id': 'c-1',
    });
    expect(observed).toMatchObject([{ service: 'merchant', route: 'POST webhook', status: '202' }]);
  });

  it.each([200, 204, 299])('is accepted by %s', async (httpStatus) => {
    willAnswer(httpStatus);
    expect(await send()).toEqual({ status: 'accepted', httpStatus });
  });

  it.each([300, 400, 401, 404, 500, 503])('is refused by %s', async (httpStatus) => {
    willAnswer(httpStatus);
    expect(await send()).toEqual({ status: 'refused', reason: `http-${httpStatus}`, httpStatus });
  });

  it('is answered with 410 by an endpoint that is gone', async () => {
    willAnswer(410);
    expect(await send()).toEqual({ status: 'gone' });
  });

  it.each([
    ['120', 120_000],
    ['1e300', 86_400_000],
  ])('comes again when the server says, within a day: Retry-After %s', async (header, retryAfterMs) => {
    willAnswer(429, { 'retry-after': header });
    expect(await send()).toEqual({ status: 'refused', reason: 'http-429', httpStatus: 429, retryAfterMs });
  });

  it.each([301, 302, 307, 308])('does not follow a redirect with %s', async (httpStatus) => {
    willAnswer(httpStatus, { location: `http://127.0.0.1:${port()}/elsewhere` });
    expect(await send()).toEqual({ status: 'refused', reason: `http-${httpStatus}`, httpStatus });
    expect(seen).toHaveLength(1);
  });

  it('is not sent to this machine, except with the switch for development', async () => {
    willAnswer(200);
    const rules = { allowLoopback: false, ports: [port()] };
    expect(await send(rules)).toEqual({ status: 'refused', reason: 'url-not-https' });
    const byHttps = await send(rules, `https://127.0.0.1:${port()}/`);
    expect(byHttps).toEqual({ status: 'refused', reason: 'address-not-public' });
    expect(seen).toEqual([]);
  });

  it('is sent to the address that was checked, even if the name resolves differently afterwards', async () => {
    willAnswer(200);
    const addresses = ['127.0.0.1', '10.0.0.7'];
    let asked = 0;
    const resolve = () => Promise.resolve([addresses[asked++]!]);
    expect(await send({ resolve }, `http://rebound.test:${port()}/`)).toMatchObject({ status: 'accepted' });
    expect(asked).toBe(1);
    expect(seen[0]!.request.headers.host).toBe(`rebound.test:${port()}`);
  });

  it('limits the time for reading the answer, however long it is', async () => {
    let written = 0;
    const ended = new Promise((resolve) => {
      answer = (_, response) => {
        const pour = () => {
          do written += 65_536;
          while (!response.destroyed && response.write(Buffer.alloc(65_536)));
        };
        response.on('drain', pour).on('close', resolve);
        pour();
      };
    });
    expect(await send()).toEqual({ status: 'accepted', httpStatus: 200 });
    await ended;
    expect(written).toBeLessThan(32 * 1_048_576);
  });

  it('does not decompress the answer', async () => {
    answer = (_, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end('this is no gzip');
    expect(await send()).toEqual({ status: 'accepted', httpStatus: 200 });
  });

  it.each([
    ['says nothing', () => undefined, { status: 'refused', reason: 'no-answer-in-time' }],
    [
      'only begins to answer',
      (_: IncomingMessage, response: ServerResponse) => void response.writeHead(200).write('a'),
      { status: 'accepted', httpStatus: 200 },
    ],
    [
      'hangs up',
      (request: IncomingMessage) => void request.socket.destroy(),
      { status: 'refused', reason: 'unreachable (ECONNRESET)' },
    ],
    [
      'talks nonsense',
      (request: IncomingMessage) => void request.socket.end('220 smtp.test ESMTP\r\n'),
      { status: 'refused', reason: 'unreachable (HPE_INVALID_CONSTANT)' },
    ],
    [
      'changes the protocol',
      (request: IncomingMessage) =>
        void request.socket.end('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n'),
      { status: 'refused', reason: expect.stringContaining('unreachable') },
    ],
  ])('to a server that %s comes to an end', async (_what, behaviour, answered) => {
    answer = behaviour;
    expect(await send({ timeoutMs: 300 })).toEqual(answered);
  });

  it('to a name that is not resolved in time fails', async () => {
    const resolve = () => new Promise<string[]>(() => undefined);
    const answered = await send({ resolve, timeoutMs: 100 }, 'https://slow.test/');
    expect(answered).toEqual({ status: 'refused', reason: 'no-answer-in-time' });
  });

  it('to an address where nothing listens fails', async () => {
    expect(await send({}, 'http://127.0.0.1:1/')).toEqual({ status: 'refused', reason: 'unreachable (ECONNREFUSED)' });
  });

  it('ends with the reason of the abort', async () => {
    const interest = new AbortController();
    answer = () => interest.abort(new Error('the worker stops'));
    await expect(send({}, undefined, interest.signal)).rejects.toThrow('the worker stops');
    await expect(send({}, undefined, interest.signal)).rejects.toThrow('the worker stops');
    expect(seen).toHaveLength(1);
  });

  it('uses separate connections for two servers at one address', async () => {
    willAnswer(200, { connection: 'keep-alive' });
    const sender = webhookSender({ allowLoopback: true, resolve: () => Promise.resolve(['127.0.0.1']) });
    for (const host of ['one.test', 'two.test']) {
      await sender.send({ url: `http://${host}:${port()}/`, ...event }, context);
    }
    const [one, two] = seen.map(({ request }) => request);
    expect([one!.headers.host, two!.headers.host]).toEqual([`one.test:${port()}`, `two.test:${port()}`]);
    expect(one!.socket).not.toBe(two!.socket);
  });
});

describe('an event over TLS', () => {
  let server: TcpServer;
  let greeting: Promise<string>;
  beforeAll(async () => {
    greeting = new Promise((resolve) => {
      server = createTcpServer((socket: Socket) => {
        socket.once('data', (hello) => {
          resolve(hello.toString('latin1'));
          socket.destroy();
        });
      });
    });
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  it('checks the certificate for the host name in the URL', async () => {
    const { port } = server.address() as AddressInfo;
    const sender = webhookSender({ allowLoopback: true, resolve: () => Promise.resolve(['127.0.0.1']) });
    const answered = await sender.send({ url: `https://merchant.test:${port}/`, ...event }, context);
    expect(answered).toMatchObject({ status: 'refused', reason: expect.stringContaining('unreachable') });
    expect(await greeting).toContain('merchant.test');
  });
});
