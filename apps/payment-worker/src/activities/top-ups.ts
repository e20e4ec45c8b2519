import { chargeReference, Money, paymentRunId, topUpRunId, type StepCall } from '@longhaul/contracts';
import type {
  Credit,
  InvoiceService,
  NotificationService,
  PaymentsService,
  TopUpEnd,
  TopUpRecord,
  TopUpWish,
  WalletsService,
} from '@longhaul/service-clients';
import type { ContextOf } from './context.ts';

export interface TopUpServices {
  readonly wallets: WalletsService;
  readonly payments: PaymentsService;
  readonly invoices: InvoiceService;
  readonly notification: NotificationService;
}

/** The payment or top-up of a charge, and its state. */
export type Concern =
  | { readonly kind: 'none' }
  | { readonly kind: 'payment'; readonly userId: string; readonly settled: boolean }
  | {
      readonly kind: 'top-up';
      readonly topUpId: string;
      readonly userId: string;
      readonly money: Money;
      readonly openedAt: string;
      readonly settled: boolean;
      /** It ended only because it was not paid in time. */
      readonly expired: boolean;
    };

export type FoundTopUp = Omit<TopUpRecord, 'money'> & { readonly money: Money };

/** Wallets, invoices and receipts. */
export function topUpActivities({ wallets, payments, invoices, notification }: TopUpServices, context: ContextOf) {
  return {
    openTopUp: (call: StepCall, request: TopUpWish) => wallets.openTopUp(request, context(call)),

    readTopUp: async (call: StepCall, { topUpId }: { topUpId: string }): Promise<FoundTopUp | undefined> => {
      const found = await wallets.findTopUp(topUpId, context(call));
      return found && { ...found, money: Money.parse(found.money) };
    },

    closeTopUp: (call: StepCall, closing: TopUpEnd) => wallets.closeTopUp(closing, context(call)),

    creditWallet: (call: StepCall, { userId, ...credit }: Omit<Credit, 'user'> & { userId: string }) =>
      wallets.credit({ ...credit, user: userId }, context(call)),

    issueInvoice: (call: StepCall, { userId, ...invoice }: { invoiceId: string; userId: string; money: Money }) => {
      const lines = [{ text: 'Wallet top-up', money: invoice.money }];
      return invoices.issue({ ...invoice, user: userId, lines }, context(call));
    },

    sendReceipt: (call: StepCall, { userId, money, reference, invoice, late }: Receipt) =>
      notification.send(
        {
          user: userId,
          template: late ? 'top-up-late' : 'top-up-receipt',
          data: { reference, ...inWords(money), ...(invoice !== null && { invoice }) },
        },
        context(call),
      ),

    tellPayer: (call: StepCall, { userId, money, reference }: { userId: string; money: Money; reference: string }) =>
      notification.send(
        { user: userId, template: 'charge-refunded', data: { reference, ...inWords(money) } },
        context(call),
      ),

    /** The reference gives the run, and the record of its payment or top-up gives the state. */
    readConcern: async (call: StepCall, { reference }: { reference: string }): Promise<Concern> => {
      const workflowId = chargeReference.runOf(reference);
      const topUpId = topUpRunId.parse(workflowId);
      const topUp = topUpId === undefined ? undefined : await wallets.findTopUp(topUpId, context(call));
      if (topUp) {
        const { state, money, chargeReturned, ...rest } = topUp;
        const expired = state === 'expired';
        // If a top-up was paid on two pages, only one of the charges is credited.
        const credited = state === 'credited' && topUp.reference === reference;
        const settled = credited || state === 'settled-by-hand' || chargeReturned;
        return { kind: 'top-up', ...rest, money: Money.parse(money), expired, settled };
      }
      const paymentId = paymentRunId.parse(workflowId);
      const payment = paymentId === undefined ? undefined : await payments.find(paymentId, context(call));
      if (!payment) return { kind: 'none' };
      const settled = payment.state === 'completed' || payment.state === 'processing' || payment.chargeReturned;
      return { kind: 'payment', userId: payment.user, settled };
    },
  };
}

interface Receipt {
  readonly userId: string;
  readonly money: Money;
  readonly reference: string;
  readonly invoice: string | null;
  readonly late: boolean;
}

function inWords({ amount, currency }: Money) {
  return { minorUnits: String(amount), currency };
}
