import { expect, it } from 'vitest';
import { createMetrics } from './metrics.ts';

it("writes counters and histograms in Prometheus's format", () => {
  const metrics = createMetrics();
  const refusals = metrics.counter('refusals_total', 'Refusals, by code');
  const calls = metrics.histogram('calls_seconds', 'Calls', [0.1, 1]);
  refusals.add({ code: 'not-found' });
  refusals.add({ code: 'not-found' });
  refusals.add({ code: 'a "b" \\ c\nd' });
  for (const seconds of [0.1, 0.5, 4]) calls.observe({ call: 'start' }, seconds);
  expect(metrics.text().split('\n')).toEqual([
    '# HELP refusals_total Refusals, by code',
    '# TYPE refusals_total counter',
    'refusals_total{code="not-found"} 2',
    'refusals_total{code="a \\"b\\" \\\\ c\\nd"} 1',
    '# HELP calls_seconds Calls',
    '# TYPE calls_seconds histogram',
    'calls_seconds_bucket{call="start",le="0.1"} 1',
    'calls_seconds_bucket{call="start",le="1"} 2',
    'calls_seconds_bucket{call="start",le="+Inf"} 3',
    'calls_seconds_sum{call="start"} 4.6',
    'calls_seconds_count{call="start"} 3',
  ]);
});
