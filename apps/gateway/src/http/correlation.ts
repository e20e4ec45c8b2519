import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

export const correlationHeader = 'x-correlation-id';

const wellFormed = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/;

/** The caller's own id when it is fit for logs and memos, else a new one. It is told to the caller in each answer. */
export function correlationIdOf(request: IncomingMessage): string {
  const given = request.headers[correlationHeader];
  return typeof given === 'string' && wellFormed.test(given) ? given : randomUUID();
}
