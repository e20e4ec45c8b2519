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

/** Puts verified money into the wallet, and hands over the papers. The payment service credits a reference once, for good. */
export async function creditAndTell(run: Run, payment: Steps<PaymentActivities>, credit: Credit) {
  const { userId, money, reference, late } = credit;
  await run.orPark(() => payment.creditWallet(credit));
  const invoiceId = invoiceIdOf(reference);
  const invoice = (await run.orPark(() => payment.issueInvoice({ invoiceId, userId, money })))?.number ?? null;
  const receipt: NoticeState = await run.orGiveUp(
    () => payment.sendReceipt({ userId, money, reference, invoice, late }),
    'sent',
    'given-up',
  );
  return { reference, credited: money, invoice, receipt };
}
