import { request as requestByHttp, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { request as requestByHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import type { CallContext, HttpOptions } from './http.ts';
import { outboundAddress, type OutboundAddress, type OutboundRules } from './outbound-address.ts';
import { retryAfterMs } from './service-error.ts';
import { webhookHeaders, type SignedEvent } from './webhook-signature.ts';

export type WebhookAnswer =
  | { readonly status: 'accepted'; readonly httpStatus: number }
  /** The merchant's server answered 410. */
  | { readonly status: 'gone' }
  | {
      readonly status: 'refused';
      /** For the merchant: `http-503`, `url-not-https`, `no-answer-in-time`, `unreachable (ECONNREFUSED)`. */
      readonly reason: string;
      readonly httpStatus?: number;
      readonly retryAfterMs?: number;
    };

export interface WebhookSenderOptions extends OutboundRules, Pick<HttpOptions, 'observe'> {
  /** The time-out from resolving the name to the end of the answer, in milliseconds. Default: 15,000. */
  readonly timeoutMs?: number;
}

export interface WebhookRequest extends SignedEvent {
  readonly url: string;
}

const answerLimitBytes = 65_536;

/** Sends events to merchants' servers. Their URLs and answers are untrusted, and they may not answer at all. */
export function webhookSender({ timeoutMs = 15_000, observe, ...rules }: WebhookSenderOptions = {}) {
  return {
    /** Anything that the merchant's server does gives an answer. Errors are internal faults or an abort. */
    async send({ url, ...event }: WebhookRequest, context: CallContext): Promise<WebhookAnswer> {
      context.signal?.throwIfAborted();
      const headers = {
        ...webhookHeaders(event, new Date()),
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(event.body),
        'accept-encoding': 'identity',
        'user-agent': 'longhaul-webhooks/1',
        'x-correlation-id': context.correlationId,
      };
      const deadline = AbortSignal.timeout(timeoutMs);
      const signal = context.signal ? AbortSignal.any([context.signal, deadline]) : deadline;
      const started = performance.now();

      const answer = (await post(url, rules, { headers, signal, body: event.body })) ?? noAnswerInTime;
      if (answer === noAnswerInTime) context.signal?.throwIfAborted();
      observe?.({
        service: 'merchant',
        route: 'POST webhook',
        status: answer.status === 'gone' ? '410' : String(answer.httpStatus ?? 'none'),
        durationMs: performance.now() - started,
      });
      return answer;
    },
  };
}
export type WebhookSender = ReturnType<typeof webhookSender>;

const noAnswerInTime: WebhookAnswer = { status: 'refused', reason: 'no-answer-in-time' };

interface Sending {
  readonly headers: OutgoingHttpHeaders;
  readonly signal: AbortSignal;
  readonly body: string;
}

/** Undefined if the signal aborted it. */
async function post(url: string, rules: OutboundRules, sending: Sending): Promise<WebhookAnswer | undefined> {
  const ended = new Promise<undefined>((resolve) => {
    sending.signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  const target = await Promise.race([outboundAddress(url, rules), ended]);
  return target?.status === 'allowed' ? exchange(target, sending) : target;
}

type Target = Extract<OutboundAddress, { status: 'allowed' }>;

/** One request on a new connection to a checked address. Redirects are not followed. */
function exchange({ url, addresses }: Target, sending: Sending): Promise<WebhookAnswer | undefined> {
  const lookup: LookupFunction = (_host, { all }, found) => {
    if (all) return found(null, [...addresses]);
    found(null, addresses[0]!.address, addresses[0]!.family);
  };
  const { headers, signal, body } = sending;
  const send = url.protocol === 'https:' ? requestByHttps : requestByHttp;
  const request = send(url, { method: 'POST', headers, signal, lookup, agent: false });
  return new Promise((resolve) => {
    let answer: WebhookAnswer | undefined;
    let why = '';
    request.once('response', (response) => {
      answer = answerOf(response);
      readAway(response);
    });
    request.on('error', ({ code }: NodeJS.ErrnoException) => {
      if (code) why = ` (${code})`;
    });
    // Comes in every case, even if the server disconnects without an answer.
    request.once('close', () => {
      if (answer || signal.aborted) resolve(answer);
      else resolve({ status: 'refused', reason: `unreachable${why}` });
    });
    request.end(body);
  });
}

/** Reads the answer to its end, so that the server can close the connection in order, but with a limit. */
function readAway(response: IncomingMessage): void {
  let bytes = 0;
  response.on('data', (part: Buffer) => {
    bytes += part.length;
    if (bytes > answerLimitBytes) response.destroy();
  });
  // Only the status matters.
  response.on('error', () => undefined);
}

function answerOf(response: IncomingMessage): WebhookAnswer {
  const httpStatus = response.statusCode!;
  if (httpStatus >= 200 && httpStatus < 300) return { status: 'accepted', httpStatus };
  if (httpStatus === 410) return { status: 'gone' };
  const wait = retryAfterMs(response.headers['retry-after']);
  return {
    status: 'refused',
    reason: `http-${httpStatus}`,
    httpStatus,
    ...(wait !== undefined && { retryAfterMs: wait }),
  };
}
