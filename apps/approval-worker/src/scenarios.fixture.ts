import { randomUUID } from 'node:crypto';
import { Approval, type ApprovalInput } from '@longhaul/contracts';
import type { ReadCall, Scenario } from '@longhaul/testing';
import { aRequest, aStage, policyOf, rejectsAfter } from './approval.fixture.ts';

/** Asks somebody whom no other request asks, so that the calls about them can be told apart. */
function unanswered(): ApprovalInput {
  const boss = `u-boss-${randomUUID()}`;
  // Short, because cells with a real clock wait for it.
  const ladder = [{ does: 'remind' as const, afterSeconds: 1 }, rejectsAfter(3)];
  return aRequest({ policy: policyOf(aStage([boss], { ladder })) });
}

const bossOf = ({ policy }: ApprovalInput) => policy!.stages[0]!.who.map((who) => 'person' in who && who.person)[0];

export const approvalScenarios: readonly Scenario<typeof Approval>[] = [
  {
    name: 'nobody decides in time',
    input: () => Promise.resolve(unanswered()),
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
  planStage: { route: 'GET /people/:person', path: (request) => `/people/${bossOf(request)}$` },
  readRecord: { route: 'GET /records/:recordId', path: (request) => `/records/${Approval.id.of(request)}$` },
};
