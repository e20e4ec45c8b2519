import type { StepCall } from '@longhaul/contracts';
import type { CallContext } from '@longhaul/service-clients';
import { Context } from '@temporalio/activity';
import { context, propagation } from '@opentelemetry/api';

/** What the step under way hands to the call that it makes: key, correlation id, trace, and the end of interest in it. */
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
