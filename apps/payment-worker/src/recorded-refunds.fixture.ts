import {
  ProcessPayment,
  RefundPayment,
  type ProcessPaymentInput,
  type RefundPaymentInput,
  paymentIdOf,
} from '@longhaul/contracts';
import {
  loseAnswer,
  playThrough,
  refuse,
  retry,
  settled,
  type Play,
  type RecordedRun,
} from '@longhaul/testing/histories';
import { aPayment } from './payment.fixture.ts';

interface RefundPlay extends Play {
  readonly paid?: Partial<ProcessPaymentInput>;
  readonly request?: Partial<RefundPaymentInput>;
}

const refund = (name: string, { paid = {}, request = {}, ...play }: RefundPlay = {}): RecordedRun => ({
  name,
  async play(house) {
    const payment = aPayment({ paymentId: `recorded-${name}`, ...paid });
    await (await house.start(ProcessPayment, payment)).result();
    const paymentId = paymentIdOf(payment);
    return playThrough(house, RefundPayment, { paymentId, refundId: 'r1', reason: 'sent back', ...request }, play);
  },
});

/** The webhook is lost, so the run has to look the result up. */
const untold: Pick<Play, 'faults'> = {
  faults: ['pending', 'processing', 'processed'].map((state) => ({
    route: `WEBHOOK refund.${state}`,
    kind: 'webhook-lost',
  })),
};
const stuck = { user: 'u-refund-attention' };

export const recordedRefunds: readonly RecordedRun[] = [
  refund('refund-in-full'),
  refund('refund-in-part', { request: { money: { amount: 2_500, currency: 'NGN' } } }),
  refund('refund-untold', untold),
  refund('refund-answer-lost', { faults: [loseAnswer('sendRefund')] }),
  refund('refund-of-too-much', { request: { money: { amount: 7_501, currency: 'NGN' } } }),
  refund('refund-failed-at-the-gateway', { paid: { user: 'u-refund-fails' } }),
  refund('refund-refused-at-once', { faults: [{ ...refuse('sendRefund'), status: 400 }] }),
  refund('refund-needs-attention', { paid: stuck, parked: 'stay' }),
  refund('refund-needs-attention-then-settled', { paid: stuck, parked: settled }),
  refund('refund-reservation-parked-then-retried', { faults: [refuse('requestRefund')], parked: retry }),
  refund('refund-reservation-parked-then-settled', { faults: [refuse('requestRefund')], parked: settled }),
  refund('refund-id-was-used', { faults: [{ ...refuse('requestRefund'), code: 'refund-exists' }] }),
  // Before it is sent again it is looked up, as long as it may still take effect.
  refund('refund-sending-parked-then-retried', {
    faults: [refuse('sendRefund')],
    parked: retry,
  }),
  refund('refund-sending-parked-then-settled', { faults: [refuse('sendRefund')], parked: settled }),
  refund('refund-sending-parked-then-settled-by-signal', {
    faults: [refuse('sendRefund')],
    parked: 'settled by signal',
  }),
  refund('refund-settlement-parked-then-retried', { faults: [refuse('settleRefund')], parked: retry }),
];
