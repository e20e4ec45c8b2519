import { isAxiosError } from 'axios';
import { z } from 'zod';

/** `retry`: the same call may succeed later. `refusal`: the service refused a valid request. `fault`: a retry will not help. */
export type Verdict = 'retry' | 'refusal' | 'fault';

/** Decides from the status whether a call may be retried, for all services. */
export function verdictOn(status: number): Verdict {
  if (status === 408 || status === 425 || status === 429 || status >= 500) return 'retry';
  if (status >= 400) return 'refusal';
  return 'fault';
}

/** Codes for a key whose first request is still in progress: a retry will get its answer. */
const inProgress = new Set(['request-in-progress', 'idempotency-key-in-use', 'idempotency_key_in_use']);

/** Reads code and detail from the body of an error, if it has them. */
export type ProblemReader = (body: unknown) => {
  readonly code?: string | undefined;
  readonly detail?: string | undefined;
};

const Problem = z.object({ code: z.string(), detail: z.string() }).partial();
const problemDocument: ProblemReader = (body) => Problem.safeParse(body).data ?? {};

/** Codes become search attributes, labels and types of failures, so they must be short and simple. */
const codeForm = /^[\w-]{1,64}$/;
const longestDetail = 400;

/** Makes a message of a service one line of valid Unicode, short enough for a history. */
export function forPeople(said: string): string {
  const short = said.length > longestDetail ? `${said.slice(0, longestDetail)}…` : said;
  return short.replace(/[\p{Cc} ]+/gu, ' ').replace(/\p{Cs}/gu, '\ufffd');
}

/** A failed call. The message contains service, route and what was answered. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  readonly service: string;
  readonly route: string;
  readonly verdict: Verdict;
  /** The code of the problem (RFC 9457 extension `code`), if the service sent one. It has an entry in docs/failures.md. */
  readonly code: string;
  readonly status: number | undefined;
  /** How long to wait before a retry according to the service, in milliseconds. */
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

/** Makes a call. A refusal whose code is in `known` becomes the value in `known`; any other error is thrown. */
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

/** Removes the request from an error of axios, because it contains the header `Authorization`. */
function withoutRequest(cause: unknown): unknown {
  if (!isAxiosError(cause)) return cause;
  const { name, message, code, stack } = cause;
  return Object.assign(new Error(message), { name, code, stack });
}

export function wrongAnswer(service: string, route: string, cause: z.ZodError): ServiceError {
  const fields = cause.issues.map((issue) => `${issue.path.join('.') || '(the answer)'}: ${issue.message}`).join('; ');
  // Without the cause, which could be very long.
  return new ServiceError(`The ${service} service's answer to ${route} is not what was agreed [${forPeople(fields)}]`, {
    service,
    route,
    verdict: 'fault',
    code: 'wrong-answer',
  });
}

/** The longest wait that a service can ask for: a day. */
const longestWaitMs = 86_400_000;

/** RFC 9110: seconds, or a date. */
export function retryAfterMs(header: unknown, now = Date.now()): number | undefined {
  if (typeof header !== 'string' || header.trim() === '') return undefined;
  const seconds = Number(header);
  const wait = !Number.isNaN(seconds) ? seconds * 1000 : Date.parse(header) - now;
  return Number.isNaN(wait) ? undefined : Math.min(Math.max(0, wait), longestWaitMs);
}
