import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { CallContext } from './http.ts';

interface SeenCall {
  /** Method and path as received, for example `POST /payments/p-1/opening`. */
  readonly call: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
}

export type Answer = readonly [status: number, body: unknown];

export interface LocalService {
  readonly url: string;
  /** Since the test began. */
  readonly seen: SeenCall[];
  /** Sets the answers to the next calls, in order; the last one is repeated. Without any there is no answer. */
  willAnswer(...answers: Answer[]): void;
}

export const context: CallContext = { key: 'run-1/step', correlationId: 'c-1' };

/** A local service for the specs of one file: it sends the given answers and records the calls. */
export function localService(): LocalService {
  let server: Server;
  let answers: Answer[] = [];
  const seen: SeenCall[] = [];

  beforeAll(async () => {
    server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const text = Buffer.concat(parts).toString();
        const body: unknown = text === '' ? undefined : JSON.parse(text);
        seen.push({ call: `${request.method} ${request.url}`, headers: request.headers, body });
        const next = answers.length > 1 ? answers.shift() : answers[0];
        if (!next) return;
        const [status, answer] = next;
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
      });
    });
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  });
  beforeEach(() => void seen.splice(0));
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  return {
    get url() {
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    },
    seen,
    willAnswer(...next) {
      answers = next;
    },
  };
}
