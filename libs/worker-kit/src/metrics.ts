import type { CallObservation } from '@longhaul/service-clients';
import type { MetricMeter } from '@temporalio/common';

/** Counts and times downstream calls, in the registry of the SDK's metrics. */
export function observer(meter: MetricMeter): (call: CallObservation) => void {
  const seconds = meter.createHistogram(
    'longhaul_downstream_call_latency',
    'float',
    'seconds',
    'Calls to downstream services',
  );
  return ({ service, route, status, durationMs }) => seconds.record(durationMs / 1_000, { service, route, status });
}
