import { HandleDispute } from '@longhaul/contracts/workflow';
import { implement, settledByHand, stepsOf } from '@longhaul/workflow-kit';
import { condition } from '@temporalio/workflow';
import type { PaymentActivities } from '../activities.ts';
import { answeredLooksAgainMs, urgencyOf } from './handle-dispute.rules.ts';
import { operators, paymentPolicies } from './policies.ts';

/**
 * A payer asks their bank for the money. Only a person can answer: they are asked until they have, and what is disputed is
 * not refunded until the bank has turned the claim down. An answer is given at the gateway, and read there.
 */
export const handleDispute = implement(HandleDispute, { owner: operators }, async (dispute, run, hear) => {
  const { disputeId, reference } = dispute;
  const payment = stepsOf<PaymentActivities>(run, paymentPolicies);
  let moved = 0;
  hear.signal('disputeMoved', () => {
    moved += 1;
  });

  return run.toTheEnd('working', async () => {
    // 1. No refund from here on.
    if (!(await run.orPark(() => payment.openDispute({ disputeId, reference })))) return settledByHand(run);

    // 2. Whatever we hear, the gateway says how it stands.
    for (;;) {
      const heard = moved;
      const over = () => moved > heard;
      const state = await run.orPark(() => payment.readDispute({ disputeId }));
      if (!state) return settledByHand(run);
      const { status, dueAt } = state;
      if (status === 'declined' || status === 'accepted') {
        // 3. Refunds are free again, or the bank has given the money back.
        const end = status === 'declined' ? 'won' : 'lost';
        const closed = await run.orPark(() => payment.closeDispute({ disputeId, reference, state: end }));
        return closed ? { status: end } : settledByHand(run);
      }
      if (status === 'answered') {
        await condition(over, answeredLooksAgainMs);
        continue;
      }
      const { code, againInMs } = urgencyOf(dueAt, Date.now());
      const which = `dispute: ${disputeId}, charge: ${reference}`;
      const message = `The payer asks their bank for the money. Answer at the gateway by ${dueAt ?? 'now'} [${which}]`;
      const fault = { step: 'readDispute', code, message, ...(dueAt !== undefined && { dueAt }) };
      if ((await run.askPersonUnless(fault, { over, withinMs: againInMs })) === 'settled') return settledByHand(run);
    }
  });
});
