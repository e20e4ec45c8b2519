import { Money, type StepCall } from '@longhaul/contracts';
import type {
  PaymentClosing,
  PaymentRecord,
  PaymentsService,
  PaymentWish,
  RefundRecord,
  RefundSettlement,
} from '@longhaul/service-clients';
import type { ContextOf } from './context.ts';

export interface PaymentRecordServices {
  readonly payments: PaymentsService;
}

export type FoundPayment = Omit<PaymentRecord, 'money'> & { readonly money: Money };
export type FoundRequest = Omit<RefundRecord, 'money'> & { readonly money: Money };

/** Records of the payment service. */
export function paymentRecordActivities({ payments }: PaymentRecordServices, context: ContextOf) {
  return {
    openPayment: (call: StepCall, payment: PaymentWish) => payments.open(payment, context(call)),

    readPayment: async (call: StepCall, { paymentId }: { paymentId: string }): Promise<FoundPayment | undefined> => {
      const found = await payments.find(paymentId, context(call));
      return found && { ...found, money: Money.parse(found.money) };
    },

    completePayment: (call: StepCall, completion: { paymentId: string; reference: string; money: Money }) =>
      payments.complete(completion, context(call)),

    closePayment: (call: StepCall, closing: PaymentClosing) => payments.close(closing, context(call)),

    requestRefund: async (
      call: StepCall,
      refund: { paymentId: string; refundId: string; madeBy: string; money?: Money },
    ) => {
      const answer = await payments.requestRefund(refund, context(call));
      if (answer.status !== 'reserved') return answer;
      const record = await payments.find(refund.paymentId, context(call));
      if (!record) throw new Error(`A payment with a reserved refund is missing [${refund.paymentId}]`);
      return { ...answer, money: Money.parse(answer.money), merchant: record.merchant };
    },

    /** A refund that was requested before. */
    readRequest: async (
      call: StepCall,
      request: { paymentId: string; refundId: string },
    ): Promise<FoundRequest | undefined> => {
      const found = await payments.findRefund(request, context(call));
      return found && { ...found, money: Money.parse(found.money) };
    },

    settleRefund: (call: StepCall, settlement: RefundSettlement) => payments.settleRefund(settlement, context(call)),
  };
}
