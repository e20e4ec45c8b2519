import { SettleLateCharge } from '@longhaul/contracts/workflow';
import { implement, type Run, settledByHand, type Steps, stepsOf } from '@longhaul/workflow-kit';
import type { ChargeState, PaymentActivities } from '../activities.ts';
import { followToTheEnd, lateCharge, sendBack } from './charges.ts';
import { creditAndTell } from './credit.ts';
import { operators, paymentPolicies } from './policies.ts';
import { sameMoney } from './process-payment.rules.ts';
import { isCreditedLate } from './top-up-wallet.rules.ts';

type PaymentSteps = Steps<PaymentActivities>;

/**
 * Money that came when nobody waited for it any more. A top-up that had only expired is what its user still wants, for a
 * day: it is credited. Everything else goes back.
 */
export const settleLateCharge = implement(SettleLateCharge, { owner: operators }, async ({ reference }, run) => {
  const payment = stepsOf<PaymentActivities>(run, paymentPolicies);

  return run.toTheEnd('working', async () => {
    const concern = await run.orPark(() => payment.readConcern({ reference }));
    if (!concern) return settledByHand(run);
    if (concern.kind === 'none') return { status: 'nothing-due', reason: 'unknown-reference' };
    if (concern.settled) return { status: 'nothing-due', reason: 'settled' };

    const charge = await decided(run, payment, reference);
    if (run.settledByHand.length > 0) return settledByHand(run);
    if (charge?.status !== 'success') return { status: 'nothing-due', reason: 'not-paid' };

    const wanted =
      concern.kind === 'top-up' &&
      concern.expired &&
      sameMoney(charge.money, concern.money) &&
      isCreditedLate(concern.openedAt, Date.now());
    if (wanted) {
      const { userId, topUpId } = concern;
      const told = await creditAndTell(run, payment, { userId, topUpId, money: charge.money, reference, late: true });
      return told ? { status: 'credited-late', ...told } : settledByHand(run);
    }

    // The run that it was charged for may be giving it back already, and follows that to its end.
    const { paidAt } = charge;
    const underWay = await run.orPark(() =>
      payment.findRefund({ reference, anybodys: true, ...(paidAt !== undefined && { since: paidAt }) }),
    );
    if (run.settledByHand.length > 0) return settledByHand(run);
    if (underWay) return { status: 'nothing-due', reason: 'settled' };
    const sent = await sendBack(run, payment, reference, { settle: false });
    // Somebody was faster, and it has gone back; or a person saw to it.
    if (!sent) return run.settledByHand.length > 0 ? settledByHand(run) : { status: 'nothing-due', reason: 'settled' };
    await run.orGiveUp(() => payment.tellPayer({ userId: concern.userId, money: sent.money, reference }), true, false);
    const refunded = await followToTheEnd(run, payment, sent);
    return refunded ? { status: 'refunded', refunded } : settledByHand(run);
  });
});

async function decided(run: Run, payment: PaymentSteps, reference: string): Promise<ChargeState | undefined> {
  const charge = await run.orPark(() => lateCharge(payment, reference));
  if (charge?.status !== 'pending') return charge;
  const message = `The gateway has not said for a day whether this charge succeeded [reference: ${reference}]`;
  const said = await run.askPerson({ step: 'findCharge', code: 'charge-pending', message });
  return said === 'retry' ? decided(run, payment, reference) : undefined;
}
