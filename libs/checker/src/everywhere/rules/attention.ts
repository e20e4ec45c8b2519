import type { Invariant } from '../../rule.ts';
import { latestRuns } from '../facts.ts';

const raisedWithinMs = 60_000;

export const attentionRules: readonly Invariant[] = [
  {
    id: 'X8',
    says: 'A run is parked if and only if it has one open attention with an owner, raised within 60 seconds.',
    find: (facts) =>
      latestRuns(facts).flatMap(({ workflowId, status, attention }) => {
        const open = attention.filter(({ settled }) => !settled);
        return [
          ...(open.length > 1 ? [`${workflowId} has ${open.length} open attentions`] : []),
          ...(open.length > 0 && status !== 'running' ? [`${workflowId} is ${status} with an open attention`] : []),
          ...attention.filter(({ owner }) => !owner).map(({ code }) => `${workflowId} asks nobody to act on [${code}]`),
          ...attention
            .filter(({ raisedAfterMs }) => raisedAfterMs !== null && raisedAfterMs > raisedWithinMs)
            .map(({ code, raisedAfterMs }) => `${workflowId} raised [${code}] only after ${raisedAfterMs} ms`),
        ];
      }),
  },
];
