import type { CheckoutAnswer } from '@longhaul/contracts';
import { chargeReferenceOf, SettleLateCharge, TopUpWallet } from '@longhaul/contracts/workflow';
import { implement, startOther, stepsOf, type Run } from '@longhaul/workflow-kit';
import { condition } from '@temporalio/workflow';
import type { PaymentActivities } from '../activities.ts';
import { followToTheEnd, sendBack } from './charges.ts';
import { creditAndTell } from './credit.ts';
import { operators, paymentPolicies } from './policies.ts';
import { sameMoney } from './process-payment.rules.ts';

type Ending =
  | { readonly status: 'credited'; readonly reference: string }
  | { readonly status: 'expired'; readonly reference: string }
  | { readonly status: 'settled-by-hand'; readonly reference: string }
  | { readonly status: 'cancelled'; readonly reason: string }
  | { readonly status: 'refused'; readonly reason: string }
  | { readonly status: 'failed'; readonly step: string; readonly code: string };

/** A gateway that says of every reference that it is taken will not be asked for ever. */
const mostPages = 5;

/** A wallet is topped up on the gateway's page. The gateway's word is a hint; what it answers when asked is proof. */
export const topUpWallet = implement(TopUpWallet, { owner: operators }, async (wish, run, hear) => {
  const { topUpId, userId, money } = wish;
  const payment = stepsOf<PaymentActivities>(run, paymentPolicies);
  let reference = chargeReferenceOf(run.workflowId);
  let checkout: CheckoutAnswer | undefined;
  let hints = 0;
  let heard = 0;
  hear.signal('charged', () => {
    hints += 1;
  });
  hear.update('checkout', async () => {
    await condition(() => checkout !== undefined);
    return checkout!;
  });

  const ending = await run.untilDecided<Ending>(
    async () => {
      // 1. On record, so that money which comes late finds out what it was for.
      const opened = await payment.openTopUp({ topUpId, userId, money });
      if (opened.status === 'closed') return { status: 'failed', step: 'openTopUp', code: 'top-up-closed' };

      // 2. A page to pay on. A reference whose page was opened by a call with a lost answer is nobody's: take the next.
      for (let number = 1; checkout === undefined; number += 1) {
        if (number > mostPages) return { status: 'failed', step: 'openCheckout', code: 'reference-taken' };
        reference = chargeReferenceOf(run.workflowId, number);
        const page = await payment.openCheckout({ reference, userId, money }, { sequence: number });
        if (page.status === 'refused') return { status: 'refused', reason: page.reason };
        if (page.status === 'open') {
          checkout = { checkout: 'open', authorizationUrl: page.authorizationUrl, reference };
        }
      }

      // 3. Paid, or not: at every hint, and once more when the time is over, the gateway is asked.
      const deadline = Date.now() + wish.payWithinSeconds * 1_000;
      for (;;) {
        const leftMs = deadline - Date.now();
        const hinted = hints > heard || (leftMs > 0 && (await condition(() => hints > heard, leftMs)));
        heard = hints;
        const charge = await payment.findCharge({ reference });
        if (charge?.status === 'success') {
          if (sameMoney(charge.money, money)) return { status: 'credited', reference };
          const { amount, currency } = charge.money;
          const message = `Paid was another amount than asked for [reference: ${reference}, paid: ${amount} ${currency}]`;
          const said = await run.askPerson({ step: 'findCharge', code: 'amount-mismatch', message });
          if (said === 'settled') return { status: 'settled-by-hand', reference };
          hints += 1;
        } else if (!hinted) {
          return { status: 'expired', reference };
        }
      }
    },
    {
      cancelled: (reason) => ({ status: 'cancelled', reason }),
      failed: ({ step, code }) => ({ status: 'failed', step, code }),
    },
  );

  return run.toTheEnd('working', async () => {
    checkout ??= { checkout: 'closed' };
    if (ending.status === 'credited') {
      const told = await creditAndTell(run, payment, { userId, topUpId, money, reference, late: false });
      return told ? { ...ending, ...told } : { status: 'settled-by-hand', reference, ...byHand(run) };
    }
    await run.orPark(() => payment.closeTopUp({ topUpId, userId, money, state: ending.status }));
    if (ending.status === 'cancelled' || ending.status === 'failed') {
      const sent = await sendBack(run, payment, reference, { settle: false });
      const refunded = sent ? await followToTheEnd(run, payment, sent) : null;
      return { ...ending, refunded };
    }
    // Paid between our last look and the closing: the gateway told us, and will not tell anybody else.
    if (hints > heard) await startOther(run, SettleLateCharge, { reference });
    if (ending.status === 'settled-by-hand') {
      return { ...ending, ...byHand(run) };
    }
    return ending;
  });
});

function byHand(run: Run) {
  const { by, note } = run.settledByHand.at(-1)!;
  return { by, note };
}
