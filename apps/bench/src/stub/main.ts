/**
 * The downstream services as cheap as possible, with answers from memory, so that the cost of services does not hide the cost of
 * the engine. It also receives and counts traces, like an OpenTelemetry collector.
 */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Answers, Call } from './call.ts';
import { routeFinder } from './find-route.ts';
import { paymentAnswers } from './payments.ts';

const hourMs = 3_600_000;
const counts = { calls: {} as Record<string, number>, traceBytes: 0 };

const answers: Answers = {
  'POST /booking/holds': () => ({ seat: '12A', expiresAt: new Date(Date.now() + hourMs).toISOString() }),
  'POST /booking/bookings': ({ body: { bookingId } }) => ({ reference: `REF-${bookingId ?? ''}` }),
  'POST /payment/charges': ({ body: { chargeId } }) => ({ chargeId }),
  'POST /fleet/manifests/passengers': ({ body: { bookingId } }) => ({ bookingId }),
  'POST /notification/notices': () => ({}),
  ...paymentAnswers,
  'GET /counts': () => counts,
};
const find = routeFinder(Object.keys(answers));

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

async function answerTo(request: IncomingMessage): Promise<unknown> {
  const call = `${request.method ?? ''} ${request.url ?? ''}`;
  const { route, params } = find(call) ?? { route: call, params: {} };
  counts.calls[route] = (counts.calls[route] ?? 0) + 1;
  const text = await textOf(request);
  if (route === 'POST /v1/traces') {
    counts.traceBytes += text.length;
    return {};
  }
  const body = text === '' ? {} : (JSON.parse(text) as Call['body']);
  return answers[route]?.({ params, body, host: request.headers.host ?? '' });
}

const server = createServer((request, response) => {
  const json = { 'content-type': 'application/json' };
  answerTo(request).then(
    (answer) =>
      answer === undefined
        ? response.writeHead(404, json).end('{"code":"not-in-the-stub"}')
        : response.writeHead(200, json).end(JSON.stringify(answer)),
    (error: unknown) => response.writeHead(500, json).end(JSON.stringify({ code: 'stub', detail: String(error) })),
  );
});
// Keep-alive connections must last longer than the pauses between rounds.
server.keepAliveTimeout = 0;
server.listen(0, '127.0.0.1', () => console.log(`Listening on ${(server.address() as AddressInfo).port}`));
process.once('SIGTERM', () => process.exit(0));
