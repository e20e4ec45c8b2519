import { chargeReferenceOf, ProcessPayment } from '@longhaul/contracts/workflow';
import { implement, stepsOf } from '@longhaul/workflow-kit';
import type { PaymentActivities } from '../activities.ts';
import { operators, paymentPolicies } from './policies.ts';

/** A payment that is the merchant's before its card was charged: what a careless deploy would do to the payments under way. */
export const processPayment = implement(ProcessPayment, { owner: operators }, async (wish, run) => {
  const payment = stepsOf<PaymentActivities>(run, paymentPolicies);
  const { user, merchant, money } = wish;
  const paymentId = ProcessPayment.keyOf(wish);
  const reference = chargeReferenceOf(run.workflowId);
  await payment.openPayment({ paymentId, madeBy: run.madeBy, user, merchant, money });
  const { eventId } = await payment.completePayment({ paymentId, reference, money });
  await payment.chargeCard({ reference, user, money });
  return { status: 'completed' as const, paymentId, reference, money, eventId };
});
