import { ProcessPayment, type ProcessPaymentInput } from '@longhaul/contracts';
import {
  cancelInTemporal,
  cancelNow,
  loseAnswer,
  playThrough,
  refuse,
  retry,
  settled,
  signalNow,
  untilParked,
  type Play,
  type RecordedRun,
} from '@longhaul/testing/histories';
import { aPayment } from './payment.fixture.ts';

const payment = (name: string, overrides: Partial<ProcessPaymentInput> = {}, play: Play = {}): RecordedRun => ({
  name,
  play: (house) => playThrough(house, ProcessPayment, aPayment({ paymentId: `recorded-${name}`, ...overrides }), play),
});

/** The payment whose bank has not decided at the last look-up of the run. */
export const undecided = 'payment-undecided-then-settled';

/** A user whose refunds fail at the gateway, so that a person has to refund. */
const stuck = { user: 'u-refund-fails' };
const notCompleted = refuse('completePayment');

export const recordedPayments: readonly RecordedRun[] = [
  payment('payment-completed'),
  payment('payment-completed-patient', {}, { fastPath: false }),
  payment('payment-local-attempt-fails', {}, { faults: [loseAnswer('openPayment')] }),
  payment('payment-charge-answer-lost', {}, { faults: [loseAnswer('chargeCard')] }),
  payment('payment-charge-pending', { user: 'u-pending' }),
  payment('payment-declined', { user: 'u-declined' }),
  payment('payment-declined-patient', { user: 'u-declined' }, { fastPath: false }),
  payment('payment-invalid', { money: { amount: 7_500, currency: 'EUR' } }),
  payment('payment-closed-before', {}, { faults: [{ ...refuse('openPayment'), code: 'already-undone' }] }),
  // A charge with an unknown result is looked up as long as it may still take effect.
  payment('payment-failed-at-the-charge', {}, { faults: [refuse('chargeCard')] }),
  payment(undecided, { user: 'u-pending' }, { parked: settled }),
  payment('payment-failed-when-charged', {}, { faults: [notCompleted] }),
  payment('payment-refund-answer-lost', {}, { faults: [notCompleted, loseAnswer('sendRefund')] }),
  payment('payment-cancelled', {}, { at: ['chargeCard', cancelNow] }),
  payment('payment-cancelled-at-the-opening', {}, { fastPath: false, at: ['openPayment', cancelNow] }),
  payment('payment-cancelled-patient', {}, { fastPath: false, at: ['completePayment', cancelNow] }),
  payment('payment-cancelled-by-signal', {}, { at: ['chargeCard', signalNow] }),
  payment('payment-cancelled-before-it-began', {}, { firstSignal: { name: 'cancel', input: { reason: 'too dear' } } }),
  payment('payment-cancelled-in-temporal', {}, { at: ['chargeCard', cancelInTemporal] }),
  payment('payment-cancelled-too-late', { user: 'u-declined' }, { at: ['closePayment', signalNow] }),
  payment('payment-parked', stuck, { faults: [notCompleted], parked: 'stay' }),
  payment('payment-parked-then-settled', stuck, {
    faults: [notCompleted],
    meanwhile: async (house, run) => {
      await untilParked(run);
      await signalNow(house, run.workflowId);
    },
    parked: settled,
  }),
  payment(
    'payment-refund-refused-then-retried',
    {},
    { faults: [notCompleted, { ...refuse('sendRefund'), status: 400 }], parked: retry },
  ),
  payment(
    'payment-closing-parked-then-retried',
    { user: 'u-declined' },
    { faults: [refuse('closePayment')], parked: retry },
  ),
  payment(
    'payment-closing-parked-then-settled-by-signal',
    { user: 'u-declined' },
    { faults: [refuse('closePayment')], parked: 'settled by signal' },
  ),
];
