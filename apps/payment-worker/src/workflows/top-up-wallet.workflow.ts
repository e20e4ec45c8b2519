import type { CheckoutAnswer, TopUpWalletInput, TopUpWalletOutcome } from '@longhaul/contracts';
import { chargeReferenceOf, SettleLateCharge, topUpIdOf, TopUpWallet } from '@longhaul/contracts/workflow';
import { implement, settledByHand, startOther, stepsOf, type Run } from '@longhaul/workflow-kit';
import { condition } from '@temporalio/workflow';
import type { FoundTopUp, PaymentActivities } from '../activities.ts';
import { findGivenBack, followToTheEnd, giveBack, type GivenBack } from './charges.ts';
import { creditAndTell } from './credit.ts';
import { endOfTopUp, isOfTopUp, topUpMadeBefore } from './earlier-run.ts';
import { operators, paymentPolicies } from './policies.ts';
import { flawOf, sameMoney } from './process-payment.rules.ts';

type Ending =
  | { readonly status: 'credited'; readonly reference: string }
  | { readonly status: 'expired'; readonly reference: string }
  | { readonly status: 'settled-by-hand'; readonly reference: string }
  | { readonly status: 'cancelled'; readonly reason: string }
  | { readonly status: 'refused'; readonly reason: string }
  | { readonly status: 'failed'; readonly step: string; readonly code: string };

/** A gateway that says of every reference that it is taken will not be asked for ever. */
const mostPages = 5;

/** What the payment service has on record under this id, whichever run of it opened it. */
function onRecord(wish: TopUpWalletInput, run: Run): Promise<FoundTopUp | undefined> {
  const { readTopUp } = stepsOf<PaymentActivities>(run, paymentPolicies);
  return run.orPark(() => readTopUp({ topUpId: topUpIdOf(wish) }));
}

/** After a reset: how a top-up had ended stays so, whatever is said to the run again. */
async function recall(wish: TopUpWalletInput, run: Run): Promise<FoundTopUp | undefined> {
  const found = await onRecord(wish, run);
  if (found && found.state !== 'waiting') run.alreadyDecided(found.state);
  return found;
}

/** A wallet is topped up on the gateway's page. The gateway's word is a hint; what it answers when asked is proof. */
export const topUpWallet = implement(TopUpWallet, { owner: operators, recall }, async (wish, run, hear, standing) => {
  const { userId, money } = wish;
  const topUpId = topUpIdOf(wish);
  const payment = stepsOf<PaymentActivities>(run, paymentPolicies);
  const wanted = { topUpId, madeBy: run.madeBy, userId, money };
  let reference = chargeReferenceOf(run.workflowId);
  /** Where it may be paid. One whose address is not known here may be open before a user's eyes: after a reset, say. */
  const pages = [reference];
  const paidPage = async () => {
    for (const page of pages) {
      const charge = await payment.findCharge({ reference: page });
      if (charge?.status === 'success') return charge;
    }
    return undefined;
  };
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

  let first: boolean | undefined;
  const answered = (found: FoundTopUp | undefined): TopUpWalletOutcome => {
    checkout = { checkout: 'closed' };
    return found && isOfTopUp(wish, found) ? endOfTopUp(found, reference) : { ...topUpMadeBefore, refunded: null };
  };
  const ended = standing && standing.state !== 'waiting' ? standing : undefined;
  if (ended && (ended.madeBy !== run.madeBy || ended.state === 'settled-by-hand')) return answered(ended);

  const pay = () =>
    run.untilDecided<Ending>(async () => {
      // 1. On record, so that money which comes late finds out what it was for.
      const opened = await payment.openTopUp(wanted);
      first = opened.status === 'waiting';
      if (!first) {
        run.alreadyDecided('by an earlier run');
        // One that an earlier run left in the middle goes on.
        const found = await payment.readTopUp({ topUpId });
        first = found !== undefined && found.state === 'waiting' && isOfTopUp(wish, found);
        if (!first) return topUpMadeBefore;
        run.alreadyDecided(undefined);
      }

      const flaw = flawOf(money);
      if (flaw) return { status: 'refused', reason: flaw };

      // 2. A page to pay on. A reference whose page was opened by a call with a lost answer is nobody's: take the next.
      for (let number = 1; checkout === undefined; number += 1) {
        if (number > mostPages) return { status: 'failed', step: 'openCheckout', code: 'reference-taken' };
        reference = chargeReferenceOf(run.workflowId, number);
        if (number > 1) pages.push(reference);
        const page = await payment.openCheckout({ reference, userId, money }, { sequence: number });
        if (page.status === 'refused') return { status: 'refused', reason: page.reason };
        // After a reset, or left by an earlier run: it may have been paid.
        if (page.status === 'taken' && (await payment.findCharge({ reference }))?.status === 'success') {
          hints += 1;
          break;
        }
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
        const charge = await paidPage();
        if (charge) {
          reference = charge.reference;
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
    });

  reference = ended?.reference ?? reference;
  // A run that was reset may still owe the papers, or the money back: all of it has keys, or is looked for first.
  const ending: Ending = ended ? endOfTopUp(ended, reference) : await pay();

  // What an earlier run of this top-up delivered is not this run's to take back.
  if (!ended && !first) {
    const found = await run.toTheEnd('working', () => onRecord(wish, run));
    const unread = run.settledByHand.some(({ step }) => step === 'readTopUp');
    const others = found !== undefined && found.madeBy !== run.madeBy && found.state !== 'waiting';
    if (first === false || unread || others) {
      const before = answered(found);
      return ending.status === 'cancelled' ? { ...ending, refunded: null } : before;
    }
  }

  // Paid when we did not look any more, and the gateway will not tell anybody else; or paid twice, on two pages.
  const leaveToOthers = async ({ seenTo }: { seenTo: boolean }) => {
    for (const page of seenTo ? pages.filter((each) => each !== reference) : pages) {
      // A hint does not say which page was paid, and a late charge is settled once.
      const found = pages.length > 1 && (await run.orPark(() => payment.findCharge({ reference: page })));
      const paid = found ? found.status === 'success' : pages.length === 1 && hints > heard;
      if (paid) await startOther(run, SettleLateCharge, { reference: page });
    }
  };

  return run.toTheEnd('working', async () => {
    checkout ??= { checkout: 'closed' };
    if (ending.status === 'credited') {
      const told = await creditAndTell(run, payment, { userId, topUpId, money, reference, late: false });
      await leaveToOthers({ seenTo: true });
      return told ? { ...ending, ...told } : { ...settledByHand(run), reference };
    }
    const { status: state } = ending;
    const givesBack = state === 'cancelled' || state === 'failed';
    let back: GivenBack = { sent: undefined, chargeReturned: false };
    if (ended) back = await findGivenBack(run, payment, reference, ended);
    else if (givesBack) {
      heard = hints;
      if (pages.length > 1) reference = (await run.orPark(paidPage))?.reference ?? reference;
      back = await giveBack(run, payment, reference, { settle: false });
    }
    const { sent } = back;
    // The record is about all of its pages.
    const chargeReturned = back.chargeReturned && pages.length === 1;
    await run.orPark(() => payment.closeTopUp({ ...wanted, state, chargeReturned }));
    const refunded = sent ? await followToTheEnd(run, payment, sent) : null;
    await leaveToOthers({ seenTo: back.chargeReturned });
    if (givesBack) return { ...ending, refunded };
    return state === 'settled-by-hand' ? { ...ending, ...settledByHand(run) } : ending;
  });
});
