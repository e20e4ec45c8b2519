import type { CheckoutAnswer } from '@longhaul/contracts';
import { TopUpWallet } from '@longhaul/contracts/workflow';
import { implement, settledByHand, stepsOf } from '@longhaul/workflow-kit';
import { condition } from '@temporalio/workflow';
import type { PaymentActivities } from '../activities.ts';
import { findGivenBack, followToTheEnd, giveBack, nothingGivenBack } from './charges.ts';
import { CheckoutPages } from './checkout-pages.ts';
import { creditAndTell } from './credit.ts';
import { earlierTopUps } from './earlier-run.ts';
import { endOfTopUp, topUpAnswer, topUpMadeBefore } from './earlier-run.rules.ts';
import { operators, paymentPolicies } from './policies.ts';
import { flawOf, sameMoney } from './process-payment.rules.ts';
import { wrongAmount, type TopUpEnding } from './top-up-wallet.rules.ts';

const options = { owner: operators, recall: earlierTopUps.recall };

/** A wallet is topped up on the gateway's page. The gateway's webhook is a hint; what it answers when asked is proof. */
export const topUpWallet = implement(TopUpWallet, options, async (request, run, hear, recalled) => {
  const { userId, money } = request;
  const topUpId = TopUpWallet.keyOf(request);
  const payment = stepsOf<PaymentActivities>(run, paymentPolicies);
  const record = { topUpId, madeBy: run.madeBy, userId, money };
  const pages = new CheckoutPages(payment, run.workflowId);

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

  // After a reset: how the top-up had ended stays so. Its own run still owes the papers, or the money back.
  const ended = earlierTopUps.ended(recalled);
  if (ended && (ended.madeBy !== run.madeBy || ended.state === 'settled-by-hand')) {
    checkout = { checkout: 'closed' };
    return topUpAnswer(request, ended, pages.reference);
  }

  let first: boolean | undefined;
  const pay = () =>
    run.untilDecided<TopUpEnding>(async () => {
      // 1. On record, so that money which comes late finds out what it was for.
      const opened = await payment.openTopUp(record);
      first = await earlierTopUps.goesOn(request, run, opened.status);
      if (!first) return topUpMadeBefore;

      const flaw = flawOf(money);
      if (flaw) return { status: 'refused', reason: flaw };

      // 2. A page to pay on.
      const page = await pages.open({ userId, money });
      if (page.status === 'refused') return { status: 'refused', reason: page.reason };
      if (page.status === 'references-taken')
        return { status: 'failed', step: 'openCheckout', code: 'reference-taken' };
      if (page.status === 'paid') hints += 1;
      else checkout = { checkout: 'open', authorizationUrl: page.authorizationUrl, reference: pages.reference };

      // 3. Paid, or not: at every hint, and once more when the time is over, the gateway is asked.
      const deadline = Date.now() + request.payWithinSeconds * 1_000;
      for (;;) {
        const leftMs = deadline - Date.now();
        const hinted = hints > heard || (leftMs > 0 && (await condition(() => hints > heard, leftMs)));
        heard = hints;
        const charge = await pages.paid();
        if (!charge && !hinted) return { status: 'expired', reference: pages.reference };
        if (!charge) continue;
        const { reference } = charge;
        pages.reference = reference;
        if (sameMoney(charge.money, money)) return { status: 'credited', reference };
        if ((await run.askPerson(wrongAmount(charge))) === 'settled') return { status: 'settled-by-hand', reference };
        hints += 1;
      }
    });

  if (ended?.reference) pages.reference = ended.reference;
  const ending: TopUpEnding = ended ? endOfTopUp(ended, pages.reference) : await pay();

  // What an earlier run of this top-up delivered is not this run's to take back.
  if (!ended && !first) {
    const { found, stands } = await earlierTopUps.before(request, run, first);
    if (stands) {
      checkout = { checkout: 'closed' };
      if (ending.status === 'cancelled') return { ...ending, refunded: null };
      return topUpAnswer(request, found, pages.reference);
    }
  }

  return run.toTheEnd('working', async () => {
    checkout ??= { checkout: 'closed' };
    if (ending.status === 'credited') {
      const { reference } = pages;
      const told = await creditAndTell(run, payment, { userId, topUpId, money, reference, late: false });
      await pages.leaveToOthers(run, { seenTo: true, hinted: hints > heard });
      return told ? { ...ending, ...told } : { ...settledByHand(run), reference };
    }

    // 4. What was taken goes back, and the record is closed.
    const { status: state } = ending;
    const givesBack = state === 'cancelled' || state === 'failed';
    let back = nothingGivenBack;
    if (ended) back = await findGivenBack(run, payment, pages.reference, ended);
    else if (givesBack) {
      heard = hints;
      if (pages.areSeveral) pages.reference = (await run.orPark(() => pages.paid()))?.reference ?? pages.reference;
      back = await giveBack(run, payment, pages.reference, { settle: false });
    }
    // The record is about all of its pages.
    const chargeReturned = back.chargeReturned && !pages.areSeveral;
    await run.orPark(() => payment.closeTopUp({ ...record, state, chargeReturned }));
    const refunded = back.sent ? await followToTheEnd(run, payment, back.sent) : null;
    await pages.leaveToOthers(run, { seenTo: back.chargeReturned, hinted: hints > heard });
    if (givesBack) return { ...ending, refunded };
    return state === 'settled-by-hand' ? { ...ending, ...settledByHand(run) } : ending;
  });
});
