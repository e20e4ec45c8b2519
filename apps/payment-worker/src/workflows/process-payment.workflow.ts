import type { ProcessPaymentOutcome } from '@longhaul/contracts';
import { chargeReferenceOf, DeliverWebhook, ProcessPayment } from '@longhaul/contracts/workflow';
import { implement, startOther, stepsOf } from '@longhaul/workflow-kit';
import type { PaymentActivities } from '../activities.ts';
import { charge, followToTheEnd, sendBack } from './charges.ts';
import { operators, paymentPolicies } from './policies.ts';
import { flawOf, sameMoney } from './process-payment.rules.ts';

type Told = 'eventId' | 'refunded';
type Ending = {
  [S in ProcessPaymentOutcome['status']]: Omit<Extract<ProcessPaymentOutcome, { status: S }>, Told>;
}[ProcessPaymentOutcome['status']];

const tooLate = 'A completed payment is given back by a refund.';

/** A payment: the saved card is charged, the payment service has it on record, the merchant is told. */
export const processPayment = implement(ProcessPayment, { owner: operators, tooLate }, async (wish, run) => {
  const { paymentId, user, merchant, money } = wish;
  const reference = chargeReferenceOf(run.workflowId);
  const payment = stepsOf<PaymentActivities>(run, paymentPolicies);
  let mayBeCharged = false;
  let event: { eventId: string } | undefined;

  const ending = await run.untilDecided<Ending>(
    async () => {
      const flaw = flawOf(money);
      if (flaw) return { status: 'invalid', reason: flaw };

      // 1. On record, before anybody's money is touched.
      const opened = await payment.openPayment({ paymentId, user, merchant, money });
      if (opened.status === 'closed') return { status: 'failed', step: 'openPayment', code: 'payment-closed' };

      // 2. The card.
      mayBeCharged = true;
      const charged = await charge(payment, { reference, user, money });
      if (charged.status === 'failed') {
        mayBeCharged = false;
        return { status: 'declined', reason: charged.reason };
      }
      if (charged.status !== 'success') return { status: 'failed', step: 'chargeCard', code: 'charge-unresolved' };
      if (!sameMoney(charged.money, money)) return { status: 'failed', step: 'chargeCard', code: 'amount-mismatch' };

      // 3. The merchant's.
      event = await payment.completePayment({ paymentId, reference, money });
      return { status: 'completed', reference, money };
    },
    {
      cancelled: (reason) => ({ status: 'cancelled', reason }),
      failed: ({ step, code }) => ({ status: 'failed', step, code }),
    },
  );

  const tell = async () => {
    if (event) await startOther(run, DeliverWebhook, { eventId: event.eventId, merchant });
    return event?.eventId ?? null;
  };
  if (ending.status === 'completed') {
    const eventId = await run.toTheEnd('telling', tell);
    return { ...ending, eventId };
  }

  return run.toTheEnd('undoing', async () => {
    // What was taken goes back first; the merchant hears of it as soon as that is under way, not when a bank is done.
    const sent = mayBeCharged ? await sendBack(run, payment, reference, { settle: true }) : undefined;
    const { status: state } = ending;
    const reason = 'reason' in ending ? ending.reason : ending.code;
    event = await run.orPark(() => payment.closePayment({ paymentId, user, merchant, money, state, reason }));
    const eventId = await tell();
    if (ending.status === 'declined' || ending.status === 'invalid') return { ...ending, eventId };
    const refunded = sent ? await followToTheEnd(run, payment, sent) : null;
    return { ...ending, refunded, eventId };
  });
});
