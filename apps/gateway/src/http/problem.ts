import { mostIssues, type FieldIssue } from '@longhaul/contracts';
import type { FastifyReply } from 'fastify';

/** All problems: the status, and a title that never changes. Each has an entry in docs/failures.md. */
const problems = {
  'invalid-request': [400, 'The request is not valid'],
  'invalid-token': [401, 'A valid bearer token is needed'],
  'invalid-signature': [401, 'The body is not signed as it has to be'],
  'not-allowed': [403, 'The token does not allow this'],
  'not-found': [404, 'There is no such thing'],
  'method-not-allowed': [405, 'The path does not take this method'],
  'run-finished': [409, 'The run has finished'],
  'run-failed': [409, 'The run has failed'],
  'message-refused': [409, 'The run refused the message'],
  'request-timeout': [408, 'The request took too long to come'],
  'request-too-large': [413, 'The request is too large'],
  'unsupported-media-type': [415, 'The body has to be JSON'],
  'input-conflict': [422, 'The same key came with another input before'],
  'too-many-requests': [429, 'Too many requests'],
  'headers-too-large': [431, 'The headers are too large'],
  internal: [500, 'Something went wrong here'],
  'workflows-disabled': [503, 'Starting is switched off'],
  'temporal-unavailable': [503, 'The workflow service does not answer'],
  'temporal-refused': [503, 'The workflow service refused the gateway'],
  'no-worker-answer': [503, 'No worker answered in time'],
  'service-unavailable': [503, 'A service that is needed does not answer'],
  'service-refused': [503, 'A service that is needed refused the gateway'],
  'issuer-unavailable': [503, 'The issuer of tokens does not answer'],
} as const satisfies Record<string, readonly [number, string]>;

export type ProblemCode = keyof typeof problems;

export function problemStatus(code: ProblemCode): number {
  return problems[code][0];
}

/** The problem of each reply, for the metrics. */
const sent = new WeakMap<FastifyReply, ProblemCode>();

export function refusalIn(reply: FastifyReply): ProblemCode | undefined {
  return sent.get(reply);
}

export const problemMediaType = 'application/problem+json';

/** An error answer as in RFC 9457. `detail` contains no internals. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: ProblemCode;
  readonly extensions: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    code: ProblemCode,
    detail: string,
    also: {
      readonly extensions?: Readonly<Record<string, unknown>>;
      readonly headers?: Readonly<Record<string, string>>;
      readonly cause?: unknown;
    } = {},
  ) {
    super(detail, { cause: also.cause });
    this.code = code;
    this.extensions = also.extensions ?? {};
    this.headers = also.headers ?? {};
  }

  get status(): number {
    return problemStatus(this.code);
  }

  get document(): string {
    const [status, title] = problems[this.code];
    const type = `urn:longhaul:problem:${this.code}`;
    return `${JSON.stringify({ type, title, status, detail: this.message, code: this.code, ...this.extensions })}\n`;
  }

  send(reply: FastifyReply): FastifyReply {
    sent.set(reply, this.code);
    return reply.code(this.status).headers(this.headers).type(problemMediaType).send(this.document);
  }
}

export function invalidRequest(found: readonly FieldIssue[], cause?: unknown): Problem {
  const errors = found.slice(0, mostIssues);
  const fields = errors.map(({ pointer, detail }) => `${pointer || '/'} ${detail}`).join('; ');
  const more = found.length < mostIssues ? '' : `; no more than ${mostIssues} are named`;
  return new Problem('invalid-request', `The request is not valid: ${fields}${more}`, {
    extensions: { errors },
    cause,
  });
}

/** The same bytes for a missing thing and for one of another user. */
export function notFound(): Problem {
  return new Problem('not-found', 'There is nothing under this address, or not for you.');
}

/** A temporary refusal, with `Retry-After`. */
export function comeAgain(code: ProblemCode, detail: string, afterSeconds: number, cause?: unknown): Problem {
  return new Problem(code, detail, { headers: { 'retry-after': String(afterSeconds) }, cause });
}
