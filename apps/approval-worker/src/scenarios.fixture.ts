import { Approval } from '@longhaul/contracts';
import type { ReadCall, Scenario } from '@longhaul/testing';
import { aRequest, aStage, policyOf, rejectsAfter } from './approval.fixture.ts';

const remindedAndRejected = policyOf(
  aStage(['u-boss'], { ladder: [{ does: 'remind', afterSeconds: 60 }, rejectsAfter(120)] }),
);

export const approvalScenarios: readonly Scenario<typeof Approval>[] = [
  {
    name: 'nobody decides in time',
    input: () => Promise.resolve(aRequest({ policy: remindedAndRejected })),
    steps: { recordEntry: 'parks', planStage: 'parks', tellPerson: 'goes-on' },
    ends: 'rejected',
    noFastSteps: true,
  },
  {
    name: 'an earlier run recorded the request',
    input: () => Promise.resolve(aRequest()),
    faults: [{ key: '/recordEntry/1$', kind: 'refusal', code: 'entry-exists' }],
    steps: { readRecord: 'parks' },
    ends: 'failed',
    noFastSteps: true,
  },
];

export const approvalReads: Record<string, ReadCall<typeof Approval>> = {
  planStage: { route: 'GET /people/:person', path: () => '/people/u-boss$' },
  readRecord: { route: 'GET /records/:recordId', path: (request) => `/records/${Approval.id.of(request)}$` },
};
