import { Approval, ApprovalOutcome, type ApprovalInput, type Policy } from '@longhaul/contracts';
import { tourId, type Tour, type TourCase } from './case.ts';

const aDay = 24 * 60 * 60;
const person = (name: string) => ({ kind: 'person' as const, person: name });

const asked = (name: string, policy: Policy): ApprovalInput => ({
  requestId: `tour-${tourId}-${name}`,
  initiator: 'u-ada',
  module: 'workshop',
  entityType: 'purchase-order',
  entityId: `po-${tourId}`,
  priority: 'HIGH',
  title: 'Four tyres for bus b-12',
  fields: [{ label: 'Price', value: '1 200 EUR' }],
  digest: '0'.repeat(64),
  policy,
});

async function decided(tour: Tour, input: ApprovalInput, by: string) {
  const run = await tour.start(Approval, input, input.initiator);
  await tour.approve(run, by);
  const { decisions = [], ...outcome } = { decisions: undefined, ...(await tour.end(run, ApprovalOutcome)) };
  return { outcome, decision: decisions?.at(-1) };
}

/** One real run of each way that an approval can go. */
export const approvalCases: readonly TourCase[] = [
  {
    title: 'An approval that was escalated',
    asked: 'u-slow is asked; after 2 seconds u-boss is asked instead, and approves',
    expected: 'approved by u-boss',
    needs: ['approval'],
    async run(tour) {
      const input = asked('escalated', {
        stages: [
          {
            name: 'workshop',
            who: [person('u-slow')],
            oneRejectionEnds: true,
            ladder: [
              { does: 'replace', afterSeconds: 2, who: [person('u-boss')] },
              { does: 'reject', afterSeconds: aDay },
            ],
          },
        ],
      });
      const { outcome, decision } = await decided(tour, input, 'u-boss');
      return {
        happened: `${outcome.status} by ${decision?.by ?? 'nobody'}`,
        asItShould: outcome.status === 'approved' && decision?.by === 'u-boss',
      };
    },
  },
  {
    title: 'An approval by who acts for an absent person',
    asked: 'u-away-1 is asked, is absent, and u-deputy-1 acts for them',
    expected: 'approved by u-deputy-1 instead of u-away-1',
    needs: ['approval'],
    async run(tour) {
      const stage = {
        name: 'workshop',
        who: [person('u-away-1')],
        oneRejectionEnds: true,
        ladder: [{ does: 'reject' as const, afterSeconds: aDay }],
      };
      const { outcome, decision } = await decided(tour, asked('delegate', { stages: [stage] }), 'u-deputy-1');
      return {
        happened: `${outcome.status} by ${decision?.by ?? 'nobody'} instead of ${decision?.insteadOf ?? 'nobody'}`,
        asItShould: outcome.status === 'approved' && decision?.insteadOf === 'u-away-1',
      };
    },
  },
];
