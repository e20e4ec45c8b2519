import type { View } from '../../everywhere/view.ts';
import { hasEnded } from '../../everywhere/run-state.ts';
import type { Facts } from './facts.ts';

/** Nothing is undone: what was recorded stays. */
export function viewOf({ requests }: Facts): View {
  return {
    stories: requests.map(({ run, outcome, initiator: owner, excused }) => ({
      ...{ run, outcome, owner },
      kept: true,
      excuses: (step) => excused.has(step),
    })),
    deeds: [],
    owned: [],
    unfinished: requests
      .filter(({ run, record, excused }) => hasEnded(run) && record.length === 0 && !excused.has('recordEntry'))
      .map(({ run }) => `${run.workflowId} ended, and has no record`),
  };
}
