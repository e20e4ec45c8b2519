import type { ProcessPaymentOutcome } from '@longhaul/contracts';
import { chargeReferenceOf, DeliverWebhook, ProcessPayment } from '@longhaul/contracts/workflow';
import { implement, startOther, stepsOf } from '@longhaul/workflow-kit';
import type { PaymentActivities } from '../activities.ts';
import { charge, findGivenBack, followToTheEnd, giveBack, nothingGivenBack, settleIfCharged } from './charges.ts';
import { earlierPayments } from './earlier-run.ts';
import { endOfPayment, paymentAnswer, paymentMadeBefore } from './earlier-run.rules.ts';
import { operators, paymentPolicies } from './policies.ts';
import { flawOf, sameMoney } from './process-payment.rules.ts';

type Told = 'eventId' | 'refunded';
type Ending = {
  [S in ProcessPaymentOutcome['status']]: Omit<Extract<ProcessPaymentOutcome, { status: S }>, Told>;
}[ProcessPaymentOutcome['status']];

const { recall } = earlierPayments;

/** A payment: the saved card is charged, the payment service has it on record, the merchant is told. */
export const processPayment = implement(
  ProcessPayment,
  { owner: operators, recall },
  async (request, run, _hear, recalled) => {
    const { user, merchant, money } = request;
    const paymentId = ProcessPayment.keyOf(request);
    const reference = chargeReferenceOf(run.workflowId);
    const payment = stepsOf<PaymentActivities>(run, paymentPolicies);
    const record = { paymentId, madeBy: run.madeBy, user, merchant, money };

    // After a reset: how the payment had ended stays so. Its own run still does what it owes.
    const ended = earlierPayments.ended(recalled);
    if (ended && ended.madeBy !== run.madeBy) return paymentAnswer(request, ended);

    let first: boolean | undefined;
    let mayBeCharged = false;
    let eventId = ended?.eventId ?? null;

    const pay = () =>
      run.untilDecided<Ending>(async () => {
        const flaw = flawOf(money);
        if (flaw) return { status: 'invalid', reason: flaw };

        // 1. On record, before anybody's money is touched.
        const opened = await payment.openPayment(record);
        // One that an earlier run left in the middle goes on: the gateway takes its reference once.
        first = await earlierPayments.goesOn(request, run, opened.status);
        if (!first) return paymentMadeBefore;

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
        eventId = (await payment.completePayment({ paymentId, reference, money })).eventId;
        return { status: 'completed', paymentId, reference, money };
      });
    const ending = ended ? endOfPayment(ended) : await pay();

    // What an earlier run of this payment delivered is not this run's to take back.
    if (!ended && !first && ending.status !== 'completed') {
      const { found, stands, leftOpen } = await earlierPayments.before(request, run, first);
      if (stands && ending.status === 'cancelled') return { ...ending, refunded: null, eventId: null };
      if (stands) return paymentAnswer(request, found);
      mayBeCharged ||= leftOpen;
    }

    const tellMerchant = async () => {
      if (eventId !== null) await startOther(run, DeliverWebhook, { eventId, merchant });
    };
    if (ending.status === 'completed') {
      await run.toTheEnd('telling', tellMerchant);
      return { ...ending, eventId };
    }

    return run.toTheEnd('undoing', async () => {
      // 4. What was taken goes back.
      let back = nothingGivenBack;
      if (ended) back = await findGivenBack(run, payment, reference, ended);
      else if (mayBeCharged) back = await giveBack(run, payment, reference, { settle: true });
      const { sent, chargeReturned } = back;

      // 5. The merchant hears of it as soon as that is under way, not when a bank is done.
      const reason = 'reason' in ending ? ending.reason : ending.code;
      const closing = { ...record, state: ending.status, reason, chargeReturned };
      eventId = (await run.orPark(() => payment.closePayment(closing)))?.eventId ?? null;
      await tellMerchant();

      // It may have been charged since our last look. Whoever heard of that left it to this run; from now on they do not.
      if (mayBeCharged && !ended && !chargeReturned) await settleIfCharged(run, payment, reference);
      if (ending.status === 'declined' || ending.status === 'invalid') return { ...ending, eventId };
      return { ...ending, refunded: sent ? await followToTheEnd(run, payment, sent) : null, eventId };
    });
  },
);
