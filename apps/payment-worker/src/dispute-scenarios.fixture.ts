import { type HandleDispute, ProcessPayment } from '@longhaul/contracts';
import type { ReadCall, Scenario } from '@longhaul/testing';
import { disputeOf, resolveAtPaystack } from './disputes.fixture.ts';
import { aPayment } from './payment.fixture.ts';

export const handleDisputeReads: Record<string, ReadCall<typeof HandleDispute>> = {
  readDispute: { route: 'GET /dispute/:id', path: ({ disputeId }) => `/dispute/${disputeId}$` },
};

export const handleDisputeScenarios: readonly Scenario<typeof HandleDispute>[] = [
  {
    name: 'the bank turns the claim down',
    async input(stage) {
      const payment = aPayment({ user: 'u-disputes' });
      await stage.after(ProcessPayment, payment);
      const dispute = await disputeOf(stage.sandbox, payment);
      await resolveAtPaystack(stage.sandbox, dispute.disputeId, 'declined');
      return dispute;
    },
    steps: { openDispute: 'parks', readDispute: 'parks', closeDispute: 'parks' },
    ends: 'won',
    noFastSteps: true,
  },
];
