import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import axios, { type AxiosInstance, type AxiosResponse } from 'axios';
import type { z } from 'zod';
import { ServiceError, wrongAnswer, unreachable, type ProblemReader } from './service-error.ts';

/** The context of a call, set by its caller. */
export interface CallContext {
  /** The `Idempotency-Key`. It is the same for all retries, so that the service does the work once. Reads have none. */
  readonly key?: string;
  readonly correlationId: string;
  /** W3C trace context, if tracing is on. */
  readonly traceparent?: string | undefined;
  /** Aborts the call. */
  readonly signal?: AbortSignal | undefined;
}

export interface CallObservation {
  readonly service: string;
  readonly route: string;
  /** The status code, or `none` without an answer. */
  readonly status: string;
  readonly durationMs: number;
}

export interface HttpOptions {
  /** The service's name in errors, logs and metrics. */
  readonly service: string;
  readonly baseUrl: string;
  /** The time-out of a call, in milliseconds. Must be less than the activity's own timeout. */
  readonly timeoutMs: number;
  /** The header `Authorization`. It is never part of an error. Default: not sent. */
  readonly authorization?: string;
  /** Reads the errors of a service with its own error format. Default: problem documents (RFC 9457). */
  readonly problemOf?: ProblemReader;
  /** Called for each call, for metrics. Default: nothing. */
  readonly observe?: (call: CallObservation) => void;
}

export interface Http {
  /** `route` is a template such as `GET /bookings/:id`, also used in metrics; `params` has the values. */
  send<Schema extends z.ZodType>(
    route: `${'GET' | 'POST'} /${string}`,
    answer: Schema,
    context: CallContext,
    request?: { readonly params?: Record<string, string>; readonly body?: unknown },
  ): Promise<z.output<Schema>>;
}

const answerLimitBytes = 1_048_576;

/** A client for one HTTP service. `send` shows what happens to a call, in order. */
export function createHttp(options: HttpOptions): Http {
  const instance: AxiosInstance = axios.create({
    baseURL: options.baseUrl,
    timeout: options.timeoutMs,
    httpAgent: new HttpAgent({ keepAlive: true, maxSockets: 256 }),
    httpsAgent: new HttpsAgent({ keepAlive: true, maxSockets: 256 }),
    maxRedirects: 0,
    maxContentLength: answerLimitBytes,
    proxy: false,
    // The status is checked below.
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
