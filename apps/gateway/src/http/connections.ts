import { randomUUID } from 'node:crypto';
import { STATUS_CODES, type IncomingMessage, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { correlationHeader } from './correlation.ts';
import { Problem, problemMediaType } from './problem.ts';

/** How long a client may take to send a request. */
export interface Patience {
  readonly headersMs: number;
  readonly requestMs: number;
}

/** How often Node checks for slow clients. It is subtracted from the time-outs below. */
const lookEveryMs = 500;

/** Server options: time-outs, and a problem document also if a request cannot be parsed. */
export function connectionOptions({ headersMs, requestMs }: Patience) {
  return {
    requestTimeout: requestMs - lookEveryMs,
    http: {
      headersTimeout: headersMs - lookEveryMs,
      connectionsCheckingInterval: lookEveryMs,
      // Node's own refusal has no body. `hostMissing` refuses the request with a problem document.
      requireHostHeader: false,
    },
    clientErrorHandler: answerUnreadable,
  };
}

/** RFC 9112: an HTTP/1.1 request must have a `Host` header. */
export function hostMissing({ httpVersion, headers }: IncomingMessage): Problem | undefined {
  return httpVersion === '1.1' && headers.host === undefined ? unreadable() : undefined;
}

const unreadable = () => new Problem('invalid-request', 'The request could not be read.');

const byCode: Readonly<Record<string, () => Problem>> = {
  ERR_HTTP_REQUEST_TIMEOUT: () => new Problem('request-timeout', 'The request was not complete within the time limit.'),
  HPE_HEADER_OVERFLOW: () => new Problem('headers-too-large', 'The headers are larger than the limit.'),
};

/** Not logged, so that unauthenticated clients cannot fill the log. */
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
 * Limits the number of connections. At the limit, a new connection replaces the oldest one that has not sent a complete
 * request, so that idle connections lock out neither callers nor probes. Node's own limit would refuse the new one.
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
  // An unknown `Expect` header is ignored.
  server.on('checkExpectation', (request, response) => server.emit('request', request, response));
}
