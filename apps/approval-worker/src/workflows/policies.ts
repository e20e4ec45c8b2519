import type { Policy, Priority } from '@longhaul/contracts';
import { hourMs, minuteMs, type StepPolicies } from '@longhaul/workflow-kit';
import type { ApprovalActivities } from '../activities.ts';

/** Who is asked when a run of this domain needs an operator. */
export const operators = 'approval-operations';

export const approvalPolicies: StepPolicies<ApprovalActivities> = {
  planStage: { kind: 'read', patienceMs: 10 * minuteMs },
  readRecord: { kind: 'read', patienceMs: 10 * minuteMs },
  // Not fast: what is recorded or told must be in the history before.
  recordEntry: { kind: 'keyed', patienceMs: 2 * hourMs, longestPauseMs: 5 * minuteMs },
  tellPerson: { kind: 'keyed', patienceMs: 24 * hourMs, longestPauseMs: 5 * minuteMs },
};

/** How long the initiator's manager has, in hours. */
const hours: Readonly<Record<Priority, number>> = { LOW: 120, MEDIUM: 72, HIGH: 24, URGENT: 4 };

/** The policy of a request that brings none: the manager decides, is reminded after half of the time, and then it is rejected. */
export function policyOf(priority: Priority): Policy {
  const seconds = hours[priority] * 60 * 60;
  return {
    stages: [
      {
        name: 'manager',
        who: [{ kind: 'manager' }],
        oneRejectionEnds: true,
        ladder: [
          { does: 'remind', afterSeconds: seconds / 2 },
          { does: 'reject', afterSeconds: seconds },
        ],
      },
    ],
  };
}
