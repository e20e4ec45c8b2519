import { randomUUID } from 'node:crypto';
import { STATUS_CODES, type IncomingMessage, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { correlationHeader } from './correlation.ts';
import { Problem, problemMediaType } from './problem.ts';

/** How long a client may take to send what it wants. */
export interface Patience {
  readonly headersMs: number;
  readonly requestMs: number;
}

/** Node looks for those who are late so often. What is promised holds with it. */
const lookEveryMs = 500;

/** For the server: an ending is an answer of the gateway, also where no request could be read. */
export function connectionOptions({ headersMs, requestMs }: Patience) {
  return {
    requestTimeout: requestMs - lookEveryMs,
    http: {
      headersTimeout: headersMs - lookEveryMs,
      connectionsCheckingInterval: lookEveryMs,
      // Node's refusal would be empty. It is refused where every request begins.
      requireHostHeader: false,
    },
    clientErrorHandler: answerUnreadable,
  };
}

/** RFC 9112: a request of HTTP/1.1 names its host. */
export function hostMissing({ httpVersion, headers }: IncomingMessage): Problem | undefined {
  return httpVersion === '1.1' && headers.host === undefined ? unreadable() : undefined;
}

const unreadable = () => new Problem('invalid-request', 'The request could not be read.');

const byCode: Readonly<Record<string, () => Problem>> = {
  ERR_HTTP_REQUEST_TIMEOUT: () => new Problem('request-timeout', 'The request did not come in the time there is.'),
  HPE_HEADER_OVERFLOW: () => new Problem('headers-too-large', 'The headers are larger than what is taken here.'),
};

/** No line in the log: whoever has nothing to prove may not fill it. */
function answerUnreadable({ code = '' }: NodeJS.ErrnoException, socket: Socket): void {
  if (code !== 'ECONNRESET' && socket.writable) {
    const { status, document } = (byCode[code] ?? unreadable)();
    const headers = {
      'content-type': `${problemMediaType}; charset=utf-8`,
      'content-length': Buffer.byteLength(document),
      'x-content-type-options': 'nosniff',
      [correlationHeader]: randomUUID(),
      connection: 'close',
    };
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.write(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${document}`);
  }
  socket.destroy();
}

/**
 * Takes so many connections at a time. A new one takes the place of the oldest from which no whole request has come, so
 * that whoever only holds connections shuts nobody out, and no probe. Node's own limit would refuse the new one.
 */
export function limitConnections(server: Server, most: number): void {
  const open = new Map<Socket, IncomingMessage | undefined>();
  server.on('connection', (socket: Socket) => {
    open.set(socket, undefined);
    socket.once('close', () => open.delete(socket));
    if (open.size <= most) return;
    const idle = [...open].find(([, request]) => !request?.complete);
    idle?.[0].destroy();
  });
  server.on('request', (request, response) => {
    open.set(request.socket, request);
    response.once('close', () => {
      if (open.get(request.socket) === request) open.set(request.socket, undefined);
    });
  });
  // An expectation that nobody knows is no reason to refuse.
  server.on('checkExpectation', (request, response) => server.emit('request', request, response));
}
