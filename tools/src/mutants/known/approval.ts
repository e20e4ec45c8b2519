import { int, spec, type Mutant } from '../mutant.ts';

const worker = 'apps/approval-worker/src';
const workflows = `${worker}/workflows`;

export const approvalMutants: readonly Mutant[] = [
  {
    defect: 'who comes back today is still replaced by their delegate',
    file: `${worker}/who-decides.ts`,
    find: 'now < Date.parse(until)',
    replace: 'now <= Date.parse(until)',
    seenBy: spec(`${worker}/who-decides.spec.ts`),
  },
  {
    defect: 'the initiator is asked to decide',
    file: `${worker}/who-decides.ts`,
    find: '!approver || approver.person === initiator',
    replace: '!approver',
    seenBy: spec(`${worker}/who-decides.spec.ts`),
  },
  {
    defect: 'those who did not decide are replaced by nobody',
    file: `${workflows}/stage.rules.ts`,
    find: 'if (newcomers.length === 0) return [];',
    replace: '',
    seenBy: spec(`${workflows}/stage.rules.spec.ts`),
  },
  {
    defect: 'one rejection is overlooked',
    file: `${workflows}/stage.rules.ts`,
    find: "if (rejected && this.#oneRejectionEnds) return 'rejected';",
    replace: '',
    seenBy: spec(`${workflows}/stage.rules.spec.ts`),
  },
  {
    defect: 'the ladder is climbed after the decision',
    file: `${workflows}/approval.workflow.ts`,
    find: 'if (request.open) record.climbed(',
    replace: 'record.climbed(',
    seenBy: int(`${workflows}/approval.int.spec.ts`),
  },
  {
    defect: 'a stranger takes part in every run',
    file: 'apps/gateway/src/access/run-access.ts',
    find: 'return longhaul.handle(contract, run.workflowId).takesPart(caller.sub, { waitMs: participantWaitMs });',
    replace: 'return true;',
    seenBy: spec('apps/gateway/src/approvals.spec.ts'),
  },
];
