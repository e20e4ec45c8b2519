import type { StepCall } from '@longhaul/contracts';
import type { CallContext } from '@longhaul/service-clients';
import { Context } from '@temporalio/activity';
import { context, propagation } from '@opentelemetry/api';

/** The context for the service call of the present step: key, correlation id, trace and cancellation. */
export function callContext({ key, correlationId }: StepCall): CallContext {
  const carrier: { traceparent?: string } = {};
  propagation.inject(context.active(), carrier);
  return {
    key,
    correlationId,
    traceparent: carrier.traceparent,
    signal: Context.current().cancellationSignal,
  };
}
