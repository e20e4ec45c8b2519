import { context, propagation, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { setGlobalErrorHandler, W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { Resource } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import {
  makeWorkflowExporter,
  OpenTelemetryActivityInboundInterceptor,
  OpenTelemetryActivityOutboundInterceptor,
} from '@temporalio/interceptors-opentelemetry';
import type { ActivityInterceptorsFactory, WorkerOptions } from '@temporalio/worker';
import type { Logger } from 'pino';

/** Tracing, if an endpoint is set. */
export interface Tracing {
  readonly activityInterceptors: readonly ActivityInterceptorsFactory[];
  readonly sinks: NonNullable<WorkerOptions['sinks']>;
  /** Sends the remaining traces. Traces that cannot be sent are dropped and that is logged, so that work does not wait for them. */
  readonly flush: () => Promise<void>;
}

/** Short, because the last spans are sent during the drain, which has to end within its grace. */
const exportTimeoutMs = 3_000;

export function createTracing(service: string, endpoint: string, log: Logger): Tracing {
  const lost = (error: unknown): void => log.warn({ err: error, endpoint }, 'Traces could not be sent');
  setGlobalErrorHandler(lost);
  const resource = new Resource({ 'service.name': service });
  const exporter = new OTLPTraceExporter({
    url: `${endpoint.replace(/\/$/, '')}/v1/traces`,
    timeoutMillis: exportTimeoutMs,
  });
  const processor = new BatchSpanProcessor(exporter);
  const provider = new BasicTracerProvider({ resource, spanProcessors: [processor] });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  trace.setGlobalTracerProvider(provider);
  return {
    activityInterceptors: [
      (activity) => ({
        inbound: new OpenTelemetryActivityInboundInterceptor(activity),
        outbound: new OpenTelemetryActivityOutboundInterceptor(activity),
      }),
    ],
    sinks: { exporter: makeWorkflowExporter(processor, resource) },
    flush: () => provider.shutdown().catch(lost),
  };
}
