import type { ProcessPaymentInput, ProcessPaymentOutcome } from '@longhaul/contracts';
import {
  chargeReferenceOf,
  DeliverWebhook,
  paymentIdOf,
  ProcessPayment,
  SettleLateCharge,
} from '@longhaul/contracts/workflow';
import { implement, startOther, stepsOf, type Run } from '@longhaul/workflow-kit';
import type { FoundPayment, PaymentActivities } from '../activities.ts';
import { charge, findGivenBack, followToTheEnd, giveBack, type GivenBack } from './charges.ts';
import { endOfPayment, isOfPayment, paymentMadeBefore } from './earlier-run.ts';
import { operators, paymentPolicies } from './policies.ts';
import { flawOf, sameMoney } from './process-payment.rules.ts';

type Told = 'eventId' | 'refunded';
type Ending = {
  [S in ProcessPaymentOutcome['status']]: Omit<Extract<ProcessPaymentOutcome, { status: S }>, Told>;
}[ProcessPaymentOutcome['status']];

/** What the payment service has on record under this id, whichever run of it opened it. */
function onRecord(wish: ProcessPaymentInput, run: Run): Promise<FoundPayment | undefined> {
  const { readPayment } = stepsOf<PaymentActivities>(run, paymentPolicies);
  return run.orPark(() => readPayment({ paymentId: paymentIdOf(wish) }));
}

/** After a reset: how a payment had ended stays so, whatever is said to the run again. */
async function recall(wish: ProcessPaymentInput, run: Run): Promise<FoundPayment | undefined> {
  const found = await onRecord(wish, run);
  if (found && found.state !== 'processing') run.alreadyDecided(found.state);
  return found;
}

/** A payment: the saved card is charged, the payment service has it on record, the merchant is told. */
export const processPayment = implement(
  ProcessPayment,
  { owner: operators, recall },
  async (wish, run, _hear, standing) => {
    const { user, merchant, money } = wish;
    const paymentId = paymentIdOf(wish);
    const reference = chargeReferenceOf(run.workflowId);
    const payment = stepsOf<PaymentActivities>(run, paymentPolicies);
    const wanted = { paymentId, madeBy: run.madeBy, user, merchant, money };
    let mayBeCharged = false;
    let event: { eventId: string } | undefined;
    let first: boolean | undefined;

    const answered = (found: FoundPayment | undefined): ProcessPaymentOutcome => {
      const same = found && isOfPayment(wish, found) ? found : undefined;
      const end = same ? endOfPayment(same) : paymentMadeBefore;
      const eventId = same?.eventId ?? null;
      return end.status === 'cancelled' || end.status === 'failed'
        ? { ...end, refunded: null, eventId }
        : { ...end, eventId };
    };
    const ended = standing && standing.state !== 'processing' ? standing : undefined;
    if (ended && ended.madeBy !== run.madeBy) return answered(ended);

    // A run that was reset goes on from how the payment had ended.
    const goOn = (found: FoundPayment): Ending => {
      event = found.eventId === null ? undefined : { eventId: found.eventId };
      return endOfPayment(found);
    };

    const pay = () =>
      run.untilDecided<Ending>(async () => {
        const flaw = flawOf(money);
        if (flaw) return { status: 'invalid', reason: flaw };

        // 1. On record, before anybody's money is touched.
        const opened = await payment.openPayment(wanted);
        first = opened.status === 'processing';
        if (!first) {
          run.alreadyDecided('by an earlier run');
          // One that an earlier run left in the middle goes on: the gateway takes its reference once.
          const found = await payment.readPayment({ paymentId });
          first = found !== undefined && found.state === 'processing' && isOfPayment(wish, found);
          if (!first) return paymentMadeBefore;
          run.alreadyDecided(undefined);
        }

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
        return { status: 'completed', paymentId, reference, money };
      });

    const ending = ended ? goOn(ended) : await pay();

    // What an earlier run of this payment delivered is not this run's to take back.
    if (!ended && !first && ending.status !== 'completed') {
      const found = await run.toTheEnd('undoing', () => onRecord(wish, run));
      const unread = run.settledByHand.some(({ step }) => step === 'readPayment');
      const others = found !== undefined && found.madeBy !== run.madeBy;
      if (first === false || unread || (others && found.state !== 'processing')) {
        return ending.status === 'cancelled' ? { ...ending, refunded: null, eventId: null } : answered(found);
      }
      mayBeCharged ||= others;
    }

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
      let back: GivenBack = { sent: undefined, chargeReturned: false };
      if (ended) back = await findGivenBack(run, payment, reference, ended);
      else if (mayBeCharged) back = await giveBack(run, payment, reference, { settle: true });
      const { sent, chargeReturned } = back;
      const { status: state } = ending;
      const reason = 'reason' in ending ? ending.reason : ending.code;
      event = await run.orPark(() => payment.closePayment({ ...wanted, state, reason, chargeReturned }));
      const eventId = await tell();
      // It may have been charged since our last look. Whoever heard of that left it to this run; from now on they do not.
      const mayBeLate = mayBeCharged && !ended && !chargeReturned;
      const late = mayBeLate ? await run.orPark(() => payment.findCharge({ reference })) : undefined;
      if (late?.status === 'success' || late?.status === 'pending')
        await startOther(run, SettleLateCharge, { reference });
      if (ending.status === 'declined' || ending.status === 'invalid') return { ...ending, eventId };
      const refunded = sent ? await followToTheEnd(run, payment, sent) : null;
      return { ...ending, refunded, eventId };
    });
  },
);
