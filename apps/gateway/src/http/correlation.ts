import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

export const correlationHeader = 'x-correlation-id';

const wellFormed = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/;

/** The caller's id if it is valid for logs and memos, otherwise a new one. Each answer returns it in a header. */
export function correlationIdOf(request: IncomingMessage): string {
  const given = request.headers[correlationHeader];
  return typeof given === 'string' && wellFormed.test(given) ? given : randomUUID();
}
