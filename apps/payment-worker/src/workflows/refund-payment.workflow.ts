import { DeliverWebhook, RefundPayment } from '@longhaul/contracts/workflow';
import { implement, settledByHand, startOther, stepsOf } from '@longhaul/workflow-kit';
import type { PaymentActivities } from '../activities.ts';
import { followRefund, refund } from './charges.ts';
import { chargeDisputed } from './charges.rules.ts';
import { operators, paymentPolicies } from './policies.ts';
import { sameMoney } from './process-payment.rules.ts';

/**
 * A refund of a completed payment. What it gives back is reserved first, so that all refunds together never come to more than
 * was paid. There is no way back from here: a step that cannot be done waits for an operator.
 */
export const refundPayment = implement(RefundPayment, { owner: operators }, async (wish, run, hear) => {
  const { paymentId, refundId } = wish;
  const payment = stepsOf<PaymentActivities>(run, paymentPolicies);
  let moved = 0;
  hear.signal('refundMoved', () => {
    moved += 1;
  });

  return run.toTheEnd('working', async () => {
    // 1. Reserved at the payment service: it knows what was paid, and what went back already.
    const { money } = wish;
    const wanted = { paymentId, refundId, madeBy: run.madeBy, ...(money && { money }) };
    const asked = await run.orPark(() => payment.requestRefund(wanted));
    if (!asked) return settledByHand(run);
    if (asked.status === 'refused') return { status: 'refused', reason: asked.reason, eventId: null };
    const before = asked.status === 'made-before';
    const reserved = before ? await run.orPark(() => payment.readRequest({ paymentId, refundId })) : asked;
    if (run.settledByHand.length > 0) return settledByHand(run);
    if (!reserved || (money && !sameMoney(money, reserved.money))) {
      return { status: 'refused', reason: 'made-before', eventId: null };
    }
    if ('state' in reserved && reserved.state !== 'reserved') {
      const { state, gatewayRefundId, eventId } = reserved;
      if (state === 'failed' || gatewayRefundId === null)
        return { status: 'refused', reason: 'refused-by-gateway', eventId };
      return { status: 'refunded', refunded: reserved.money, gatewayRefundId, eventId };
    }

    const settle = async (state: 'processed' | 'failed', gatewayRefundId: string | null) => {
      const event = await run.orPark(() => payment.settleRefund({ paymentId, refundId, state, gatewayRefundId }));
      if (event) await startOther(run, DeliverWebhook, { eventId: event.eventId, merchant: reserved.merchant });
      return event?.eventId ?? null;
    };

    // 2. Sent to the gateway, once.
    const { reference } = reserved;
    const sent = await refund(run, payment, { reference, money: reserved.money }, { lookFirst: before });
    if (!sent) return settledByHand(run);
    if (sent.status === 'refused') {
      const reason = sent.reason === chargeDisputed ? 'payment-disputed' : 'refused-by-gateway';
      return { status: 'refused', reason, eventId: await settle('failed', null) };
    }

    // 3. Followed to its end there, which may take a bank ten days.
    const { refundId: gatewayRefundId } = sent;
    const end = await followRefund(run, payment, { refundId: gatewayRefundId, money: reserved.money }, () => moved);
    if (end === undefined) return settledByHand(run);
    const eventId = await settle(end, gatewayRefundId);
    if (end === 'failed') return { status: 'refused', reason: 'refused-by-gateway', eventId };
    return { status: 'refunded', refunded: reserved.money, gatewayRefundId, eventId };
  });
});
