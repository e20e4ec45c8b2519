import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import axios, { type AxiosInstance, type AxiosResponse } from 'axios';
import type { z } from 'zod';
import { ServiceError, wrongAnswer, unreachable, type ProblemReader } from './service-error.ts';

/** What a call carries from the one who makes it. */
export interface CallContext {
  /** The `Idempotency-Key`: stable over retries, so that the other side does the work once. Reads have none. */
  readonly key?: string;
  readonly correlationId: string;
  /** W3C trace context, when traces are on. */
  readonly traceparent?: string | undefined;
  /** Aborts the call when its answer is no longer wanted. */
  readonly signal?: AbortSignal | undefined;
}

export interface CallObservation {
  readonly service: string;
  readonly route: string;
  /** The status code, or `none` when no answer came. */
  readonly status: string;
  readonly durationMs: number;
}

export interface HttpOptions {
  /** The service's name in errors, logs and metrics. */
  readonly service: string;
  readonly baseUrl: string;
  /** A call with no answer by then is given up, in milliseconds. Keep it below the activity's own timeout. */
  readonly timeoutMs: number;
  /** The header `Authorization`, for a service that wants one. It is in no error. Default: none is sent. */
  readonly authorization?: string;
  /** Reads the errors of a service that has a form of its own for them. Default: problem documents (RFC 9457). */
  readonly problemOf?: ProblemReader;
  /** Told of each call, for metrics. Default: nobody. */
  readonly observe?: (call: CallObservation) => void;
}

export interface Http {
  /** `route` is `GET /bookings/:id`: the parameters are filled in from `params`, the template names the call in metrics. */
  send<Schema extends z.ZodType>(
    route: `${'GET' | 'POST'} /${string}`,
    answer: Schema,
    context: CallContext,
    request?: { readonly params?: Record<string, string>; readonly body?: unknown },
  ): Promise<z.output<Schema>>;
}

const answerLimitBytes = 1_048_576;

/** One service over HTTP. What happens to a call stands in `send`, in order. */
export function createHttp(options: HttpOptions): Http {
  const instance: AxiosInstance = axios.create({
    baseURL: options.baseUrl,
    timeout: options.timeoutMs,
    httpAgent: new HttpAgent({ keepAlive: true, maxSockets: 256 }),
    httpsAgent: new HttpsAgent({ keepAlive: true, maxSockets: 256 }),
    maxRedirects: 0,
    maxContentLength: answerLimitBytes,
    proxy: false,
    // A status is judged below, once, for every service.
    validateStatus: () => true,
  });

  const authorization = options.authorization !== undefined && { authorization: options.authorization };

  return {
    async send(route, answer, context, { params = {}, body } = {}) {
      const [method, template] = route.split(' ') as [string, string];
      const started = performance.now();
      let response: AxiosResponse<unknown> | undefined;
      try {
        response = await instance.request<unknown>({
          method,
          url: fillIn(template, params),
          headers: { ...headersOf(method, context), ...authorization },
          ...(context.signal && { signal: context.signal }),
          ...(body !== undefined && { data: body }),
        });
      } catch (cause) {
        throw unreachable(options, route, cause);
      } finally {
        options.observe?.({
          service: options.service,
          route,
          status: response ? String(response.status) : 'none',
          durationMs: performance.now() - started,
        });
      }
      if (response.status >= 300) {
        throw ServiceError.fromAnswer(
          options.service,
          route,
          response.status,
          response.headers['retry-after'],
          response.data,
          options.problemOf,
        );
      }
      const parsed = answer.safeParse(response.data);
      if (!parsed.success) throw wrongAnswer(options.service, route, parsed.error);
      return parsed.data;
    },
  };
}

function headersOf(method: string, context: CallContext): Record<string, string> {
  return {
    'x-correlation-id': context.correlationId,
    ...(method !== 'GET' && context.key !== undefined && { 'idempotency-key': context.key }),
    ...(context.traceparent !== undefined && { traceparent: context.traceparent }),
  };
}

function fillIn(template: string, params: Record<string, string>): string {
  return template.replace(/:([a-zA-Z]+)/g, (_, name: string) => {
    const value = params[name];
    if (value === undefined) throw new Error(`No value for ":${name}" in the route [${template}]`);
    return encodeURIComponent(value);
  });
}
