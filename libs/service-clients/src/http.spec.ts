import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createHttp, type CallObservation } from './http.ts';
import { ServiceError } from './service-error.ts';

/** Long enough for a busy machine; the spec of silence waits less. */
const usualTimeoutMs = 30_000;

describe('a call to a service', () => {
  let server: Server;
  let answer: (request: IncomingMessage, response: ServerResponse) => void;
  const observed: CallObservation[] = [];
  beforeAll(async () => {
    server = createServer((request, response) => answer(request, response));
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const Seat = z.object({ seat: z.string(), price: z.object({ amount: z.int() }) });
  const context = { key: 'booking-1/holdSeat', correlationId: 'c-1', traceparent: '00-abc-def-01' };
  const http = (
    timeoutMs = usualTimeoutMs,
    baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
  ) => createHttp({ service: 'seats', baseUrl, timeoutMs, observe: (call) => observed.push(call) });
  const ask = ({ signal, timeoutMs }: { signal?: AbortSignal; timeoutMs?: number } = {}) =>
    http(timeoutMs).send('POST /seats/:id', Seat, { ...context, signal }, { params: { id: 'a/b c' }, body: { n: 1 } });
  const failureOf = async (call: Promise<unknown>): Promise<ServiceError> => {
    const error: unknown = await call.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(ServiceError);
    return error as ServiceError;
  };
  const answerWith = (status: number, body: unknown, headers: Record<string, string> = {}): void => {
    answer = (_, response) => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
    };
  };

  it('sends key, correlation id, trace and body, and fills in the route', async () => {
    let seen: { url?: string; headers?: IncomingMessage['headers']; body: string } = { body: '' };
    answer = (request, response) => {
      seen = { url: request.url!, headers: request.headers, body: '' };
      request.on('data', (part: Buffer) => (seen.body += part.toString()));
      request.on('end', () => {
        response.setHeader('content-type', 'application/json').end('{"seat":"1A","price":{"amount":5},"new":true}');
      });
    };
    expect(await ask()).toEqual({ seat: '1A', price: { amount: 5 } });
    expect(seen).toMatchObject({
      url: '/v1/seats/a%2Fb%20c',
      headers: { 'idempotency-key': context.key, 'x-correlation-id': 'c-1', traceparent: context.traceparent },
      body: '{"n":1}',
    });
    expect(seen.headers).not.toHaveProperty('authorization');
    expect(observed.at(-1)).toMatchObject({ service: 'seats', route: 'POST /seats/:id', status: '200' });
  });

  it('with a wrong answer gives an error with service, route and each wrong field', async () => {
    answerWith(200, { price: { amount: 'five' } });
    const error = await failureOf(ask());
    expect(error).toMatchObject({ verdict: 'fault', code: 'wrong-answer', service: 'seats', route: 'POST /seats/:id' });
    expect(error.message).toMatch(/seats service.*POST \/seats\/:id.*seat: .*; price\.amount: /);
  });

  it('with an answer that is not JSON gives an error', async () => {
    answer = (_, response) => void response.end('<html>a proxy</html>');
    expect(await failureOf(ask())).toMatchObject({ verdict: 'fault', code: 'wrong-answer' });
  });

  it('with a problem document gives an error with its code and detail', async () => {
    answerWith(409, { code: 'sold-out', detail: 'No seat is left [bus: b-1]' });
    const error = await failureOf(ask());
    expect(error).toMatchObject({ verdict: 'refusal', code: 'sold-out', status: 409, retryAfterMs: undefined });
    expect(error.message).toBe(
      'The seats service answered 409 to POST /seats/:id [code: sold-out]: No seat is left [bus: b-1]',
    );
  });

  it.each([
    ['seconds', '7', 7_000],
    ['a date that has passed', 'Wed, 21 Oct 2015 07:28:00 GMT', 0],
    ['nonsense', 'soon', undefined],
  ])('can be retried after the time in Retry-After, given as %s', async (_kind, header, retryAfterMs) => {
    answerWith(429, {}, { 'retry-after': header });
    expect(await failureOf(ask())).toMatchObject({ verdict: 'retry', code: 'http-429', retryAfterMs });
  });

  it('can be retried after the time in Retry-After, given as a date', async () => {
    answerWith(503, {}, { 'retry-after': new Date(Date.now() + 90_000).toUTCString() });
    const { retryAfterMs } = await failureOf(ask());
    expect(retryAfterMs).toBeGreaterThan(60_000);
    expect(retryAfterMs).toBeLessThanOrEqual(90_000);
  });

  it('whose connection is lost can be retried', async () => {
    answer = (request) => void request.socket.destroy();
    const error = await failureOf(ask());
    expect(error).toMatchObject({ verdict: 'retry', code: 'service-unreachable', status: undefined });
    expect(error.message).toMatch(/seats service could not be reached \(.+\) at POST \/seats\/:id/);
    expect(observed.at(-1)).toMatchObject({ status: 'none' });
  });

  it('to an address where nothing listens can be retried', async () => {
    const call = http(usualTimeoutMs, 'http://127.0.0.1:1').send('GET /seats', Seat, context);
    expect(await failureOf(call)).toMatchObject({ verdict: 'retry', code: 'service-unreachable' });
  });

  it('without an answer in time fails with the time that it waited', async () => {
    answer = () => undefined;
    const timeoutMs = 150;
    const error = await failureOf(ask({ timeoutMs }));
    expect(error).toMatchObject({ verdict: 'retry', code: 'service-timeout' });
    expect(error.message).toContain(`no answer within ${timeoutMs} ms`);
  });

  it('ends when it is cancelled', async () => {
    const interest = new AbortController();
    answer = () => interest.abort();
    expect((await failureOf(ask({ signal: interest.signal }))).message).toContain('canceled');
  });

  it('does not follow redirects', async () => {
    answerWith(302, {}, { location: 'http://127.0.0.1:1/elsewhere' });
    expect(await failureOf(ask())).toMatchObject({ verdict: 'fault', code: 'http-302' });
  });

  it('with a missing parameter in the route throws an internal error', async () => {
    await expect(http().send('GET /seats/:id', Seat, context)).rejects.toThrow('No value for ":id"');
  });
});
