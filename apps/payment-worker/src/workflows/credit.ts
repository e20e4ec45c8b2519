import type { Money, NoticeState } from '@longhaul/contracts';
import type { Run, Steps } from '@longhaul/workflow-kit';
import type { PaymentActivities } from '../activities.ts';
import { invoiceIdOf } from './top-up-wallet.rules.ts';

interface Credit {
  readonly userId: string;
  readonly topUpId: string;
  readonly money: Money;
  readonly reference: string;
  readonly late: boolean;
}

/**
 * Puts verified money into the wallet, and hands over the papers. The payment service credits a reference once, for good.
 * Undefined when a person saw to it, papers included.
 */
export async function creditAndTell(run: Run, payment: Steps<PaymentActivities>, credit: Credit) {
  const { userId, money, reference, late } = credit;
  if (!(await creditOnce(run, payment, credit))) return undefined;
  const invoiceId = invoiceIdOf(reference);
  const invoice = (await run.orPark(() => payment.issueInvoice({ invoiceId, userId, money })))?.number ?? null;
  const receipt: NoticeState = await run.orGiveUp(
    () => payment.sendReceipt({ userId, money, reference, invoice, late }),
    'sent',
    'given-up',
  );
  return { reference, credited: money, invoice, receipt };
}

/** Whoever closed the top-up meanwhile was not this run: a person has to say whose the money is. */
async function creditOnce(run: Run, payment: Steps<PaymentActivities>, credit: Credit): Promise<boolean> {
  const answer = await run.orPark(() => payment.creditWallet(credit));
  if (answer?.status !== 'top-up-closed') return answer !== undefined;
  const message = `The wallet was not credited, as its top-up is closed [reference: ${credit.reference}]`;
  const said = await run.askPerson({ step: 'creditWallet', code: 'top-up-closed', message });
  return said === 'retry' && creditOnce(run, payment, credit);
}
