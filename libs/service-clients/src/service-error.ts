import { isAxiosError } from 'axios';
import { z } from 'zod';

/** `retry`: the same call may go through later. `refusal`: the service understood and said no. `fault`: it will not heal by itself. */
export type Verdict = 'retry' | 'refusal' | 'fault';

/** Is a call that ended with this status worth making again? Decided here, for every service. */
export function verdictOn(status: number): Verdict {
  if (status === 408 || status === 425 || status === 429 || status >= 500) return 'retry';
  if (status >= 400) return 'refusal';
  return 'fault';
}

/** Said of a key whose first request is still at work: the same request will be answered later. */
const inProgress = new Set(['request-in-progress', 'idempotency-key-in-use', 'idempotency_key_in_use']);

/** Takes from the body of an error what it has of these two. */
export type ProblemReader = (body: unknown) => {
  readonly code?: string | undefined;
  readonly detail?: string | undefined;
};

const Problem = z.object({ code: z.string(), detail: z.string() }).partial();
const problemDocument: ProblemReader = (body) => Problem.safeParse(body).data ?? {};

/** What may become a search attribute, a label and a failure's type. */
const codeForm = /^[\w-]{1,64}$/;
const longestDetail = 400;

/** What a service says to people: on one line, in whole letters, at a length that a history can carry. */
export function forPeople(said: string): string {
  const short = said.length > longestDetail ? `${said.slice(0, longestDetail)}…` : said;
  return short.replace(/[\p{Cc} ]+/gu, ' ').replace(/\p{Cs}/gu, '\ufffd');
}

/** A call that did not give what was asked for. The message says which service and route, and what came back. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  readonly service: string;
  readonly route: string;
  readonly verdict: Verdict;
  /** The problem's code (RFC 9457 extension `code`) when the service sent one. It has a line in docs/failures.md. */
  readonly code: string;
  readonly status: number | undefined;
  /** How long the service asked us to wait, in milliseconds. */
  readonly retryAfterMs: number | undefined;

  constructor(
    message: string,
    about: {
      service: string;
      route: string;
      verdict: Verdict;
      code: string;
      status?: number | undefined;
      retryAfterMs?: number | undefined;
      cause?: unknown;
    },
  ) {
    super(message, { cause: about.cause });
    this.service = about.service;
    this.route = about.route;
    this.verdict = about.verdict;
    this.code = about.code;
    this.status = about.status;
    this.retryAfterMs = about.retryAfterMs;
  }

  static fromAnswer(
    service: string,
    route: string,
    status: number,
    retryAfter: unknown,
    body: unknown,
    problemOf = problemDocument,
  ): ServiceError {
    const { code: given = '', detail } = problemOf(body);
    const code = codeForm.test(given) ? given : `http-${status}`;
    const waitMs = retryAfterMs(retryAfter);
    const comesAgain = status === 409 && (waitMs !== undefined || inProgress.has(code));
    return new ServiceError(
      `The ${service} service answered ${status} to ${route} [code: ${code}]${detail ? `: ${forPeople(detail)}` : ''}`,
      { service, route, verdict: comesAgain ? 'retry' : verdictOn(status), code, status, retryAfterMs: waitMs },
    );
  }
}

/** Runs a call; a refusal whose code is in `known` becomes the value that `known` maps it to, any other error is thrown. */
export async function refusalsAsValues<T, Codes extends Record<string, unknown>>(
  known: Codes,
  call: Promise<T>,
): Promise<T | Codes[keyof Codes]> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof ServiceError && error.verdict === 'refusal' && Object.hasOwn(known, error.code)) {
      return known[error.code] as Codes[keyof Codes];
    }
    throw error;
  }
}

export function unreachable(
  { service, timeoutMs }: { service: string; timeoutMs: number },
  route: string,
  cause: unknown,
): ServiceError {
  const timedOut = isAxiosError(cause) && (cause.code === 'ECONNABORTED' || cause.code === 'ETIMEDOUT');
  const why = timedOut ? `gave no answer within ${timeoutMs} ms` : `could not be reached (${(cause as Error).message})`;
  return new ServiceError(`The ${service} service ${why} at ${route}`, {
    service,
    route,
    verdict: 'retry',
    code: timedOut ? 'service-timeout' : 'service-unreachable',
    cause: withoutRequest(cause),
  });
}

/** Axios ties the whole request to its errors, and with it the header `Authorization`. */
function withoutRequest(cause: unknown): unknown {
  if (!isAxiosError(cause)) return cause;
  const { name, message, code, stack } = cause;
  return Object.assign(new Error(message), { name, code, stack });
}

export function wrongAnswer(service: string, route: string, cause: z.ZodError): ServiceError {
  const fields = cause.issues.map((issue) => `${issue.path.join('.') || '(the answer)'}: ${issue.message}`).join('; ');
  // Without its cause, which would say the same at any length.
  return new ServiceError(`The ${service} service's answer to ${route} is not what was agreed [${forPeople(fields)}]`, {
    service,
    route,
    verdict: 'fault',
    code: 'wrong-answer',
  });
}

/** A service may ask for any time; what it gets is at most a day. */
const longestWaitMs = 86_400_000;

/** RFC 9110: seconds, or a date. */
export function retryAfterMs(header: unknown, now = Date.now()): number | undefined {
  if (typeof header !== 'string' || header.trim() === '') return undefined;
  const seconds = Number(header);
  const wait = !Number.isNaN(seconds) ? seconds * 1000 : Date.parse(header) - now;
  return Number.isNaN(wait) ? undefined : Math.min(Math.max(0, wait), longestWaitMs);
}
