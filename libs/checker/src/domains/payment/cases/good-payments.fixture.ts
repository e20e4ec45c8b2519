import { chargeReference } from '@longhaul/contracts';
import type { RunUnderWay, WellBehavedHouse } from '../../../fixtures/well-behaved-house.fixture.ts';
import { chargeCard, findCharge, sendRefund } from './good-card-gateway.fixture.ts';
import { deliver, deliverToNobody, redeliver, redeliverToStranger, writeEvent } from './good-webhooks.fixture.ts';

const money = { amount: 7_500, currency: 'NGN' };
const part = { amount: 2_500, currency: 'NGN' };

/**
 * Completed, delivered twice and refunded in part (p_1), declined with a merchant whose endpoint is gone (p2), and failed
 * at the completion with its charge refunded (p3).
 */
export function makePayments(house: WellBehavedHouse): void {
  completed(house, 'u-p_1.p_1', 'm-shop');
  refunded(house, 'u-p_1.p_1', 'm-shop', 'a1');
  redeliver(house, 'evt-p_1-1', 'k1');
  redeliverToStranger(house, 'evt-p_1-1', 'm-stranger');
  declined(house, 'u-p2.p2', 'm-gone');
  failed(house, 'u-p3.p3', 'm-shop');
}

const userOf = (paymentId: string) => paymentId.split('.')[0]!;

function completed(house: WellBehavedHouse, paymentId: string, merchant: string): void {
  const run = open(house, paymentId, merchant);
  const reference = chargeReference.of(run.workflowId);
  chargeCard(house, run, { reference, user: userOf(paymentId), money, status: 'success' });
  const told = writeEvent(house, paymentId, merchant, 'payment.completed');
  run.did('payment', 'completePayment', { effect: 'payment-completed', paymentId, reference, money, ...told });
  house.transfer('gateway:paystack', `merchant:${merchant}`, money);
  Object.assign(recordOf(house, paymentId), { state: 'completed', reference });
  deliver(house, run, told.eventId);
  run.end({ status: 'completed', reference, money, eventId: told.eventId });
}

function refunded(house: WellBehavedHouse, paymentId: string, merchant: string, refundId: string): void {
  const input = { paymentId, refundId, money: part, reason: 'sent back' };
  const run = house.begin('refundPayment', `refund-${paymentId}-${refundId}`, input, { user: merchant });
  run.did('payment', 'requestRefund', { effect: 'refund-requested', paymentId, refundId, money: part });
  house.transfer(`merchant:${merchant}`, 'refunds:pending', part);
  const gatewayRefundId = sendRefund(house, run, chargeReference.of(`payment-${paymentId}`), part);
  const told = writeEvent(house, paymentId, merchant, 'refund.processed');
  const settled = { paymentId, refundId, state: 'processed', money: part, gatewayRefundId } as const;
  run.did('payment', 'settleRefund', { effect: 'refund-settled', ...settled, ...told });
  house.transfer('refunds:pending', 'gateway:paystack', part);
  recordOf(house, paymentId).refunds.push({ refundId, money: part, state: 'processed', gatewayRefundId });
  deliver(house, run, told.eventId);
  run.end({ status: 'refunded', refunded: part, gatewayRefundId, eventId: told.eventId });
}

function declined(house: WellBehavedHouse, paymentId: string, merchant: string): void {
  const run = open(house, paymentId, merchant);
  chargeCard(house, run, { reference: run.workflowId, user: userOf(paymentId), money, status: 'failed' });
  const eventId = close(house, run, paymentId, 'declined', 'Declined');
  deliverToNobody(house, run, eventId);
  run.end({ status: 'declined', reason: 'Declined', eventId });
}

function failed(house: WellBehavedHouse, paymentId: string, merchant: string): void {
  const run = open(house, paymentId, merchant);
  chargeCard(house, run, { reference: run.workflowId, user: userOf(paymentId), money, status: 'success' });
  run.did('payment', 'completePayment', undefined, { status: 422, state: 'failed' });
  findCharge(run);
  sendRefund(house, run, run.workflowId, money);
  const eventId = close(house, run, paymentId, 'failed', 'refused-by-plan');
  deliver(house, run, eventId);
  run.end({ status: 'failed', step: 'completePayment', code: 'refused-by-plan', refunded: money, eventId });
}

function open(house: WellBehavedHouse, paymentId: string, merchant: string): RunUnderWay {
  const about = { paymentId, user: userOf(paymentId), merchant, money };
  const input = { ...about, paymentId: paymentId.split('.')[1] };
  const run = house.begin('processPayment', `payment-${paymentId}`, input);
  run.did('payment', 'openPayment', { effect: 'payment-opened', ...about });
  house.table('payments').set(paymentId, { ...about, state: 'processing', reference: null, refunds: [] });
  return run;
}

function close(
  house: WellBehavedHouse,
  run: RunUnderWay,
  paymentId: string,
  state: 'declined' | 'failed',
  reason: string,
): string {
  const record = recordOf(house, paymentId);
  const told = writeEvent(house, paymentId, record.merchant, `payment.${state}`);
  run.did('payment', 'closePayment', { effect: 'payment-closed', paymentId, state, reason, ...told });
  record.state = state;
  return told.eventId;
}

function recordOf(house: WellBehavedHouse, paymentId: string) {
  const record = house.table('payments').get(paymentId);
  if (!record) throw new Error(`There is no such payment [${paymentId}]`);
  return record;
}
