import { expect, it } from 'vitest';
import { ofKnownTypes } from './known-types.ts';

const known = [
  '# TYPE temporal_workflow_task_execution_failed_total counter',
  'temporal_workflow_task_execution_failed_total{namespace="default",workflow_type="bookRide"} 1',
  'temporal_workflow_completed_total{workflow_type="topUpWallet",namespace="default"} 4',
  'temporal_num_pollers{namespace="default",poller_type="workflow_task"} 5',
  'longhaul_attention_raised_total{code="x,workflow_type=y",step="holdSeat"} 1',
  '',
];

it('keeps the metrics of our workflows and all metrics without a workflow type', () => {
  expect(ofKnownTypes(known.join('\n'))).toBe(known.join('\n'));
});

it.each(['x'.repeat(3_000), 'bookRide2', 'say \\"bookRide\\"', 'a}b', ''])(
  'an unknown workflow type has no series (%.20j)',
  (type) => {
    const strange = [
      `temporal_workflow_task_execution_failed_total{namespace="default",workflow_type="${type}"} 1`,
      `temporal_workflow_task_replay_latency_seconds_bucket{workflow_type="${type}",le="0.1"} 1`,
    ];
    expect(ofKnownTypes([...known.slice(0, 2), ...strange, ...known.slice(2)].join('\n'))).toBe(known.join('\n'));
  },
);
