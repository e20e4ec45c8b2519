import { Money, type StepCall } from '@longhaul/contracts';
import type { PaymentClosing, PaymentsService, PaymentWish, RefundSettlement } from '@longhaul/service-clients';
import type { ContextOf } from '../activities.ts';

export interface PaymentRecordServices {
  readonly payments: PaymentsService;
}

/** In the payment service's own books. */
export function paymentRecordActivities({ payments }: PaymentRecordServices, context: ContextOf) {
  return {
    openPayment: (call: StepCall, wish: PaymentWish) => payments.open(wish, context(call)),

    completePayment: (call: StepCall, completion: { paymentId: string; reference: string; money: Money }) =>
      payments.complete(completion, context(call)),

    closePayment: (call: StepCall, closing: PaymentClosing) => payments.close(closing, context(call)),

    requestRefund: async (call: StepCall, wish: { paymentId: string; refundId: string; money?: Money }) => {
      const answer = await payments.requestRefund(wish, context(call));
      if (answer.status === 'refused') return answer;
      const record = await payments.find(wish.paymentId, context(call));
      if (!record) throw new Error(`A payment with a reserved refund is missing [${wish.paymentId}]`);
      return { ...answer, money: Money.parse(answer.money), merchant: record.merchant };
    },

    settleRefund: (call: StepCall, settlement: RefundSettlement) => payments.settleRefund(settlement, context(call)),
  };
}
