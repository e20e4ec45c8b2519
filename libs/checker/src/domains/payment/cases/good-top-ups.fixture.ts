import type { RunUnderWay, WellBehavedHouse } from '../../../fixtures/well-behaved-house.fixture.ts';
import { findCharge, openCheckout, payCheckout, sendRefund } from './good-card-gateway.fixture.ts';

const money = { amount: 20_000, currency: 'NGN' };

/** Credited (t1), expired, paid late and credited (t2), cancelled after it was paid and so refunded (t3). */
export function topUpWallets(house: WellBehavedHouse): void {
  credited(house, 'u-t1.t1');
  expiredAndPaidLate(house, 'u-t2.t2');
  cancelledWhenPaid(house, 'u-t3.t3');
}

function credited(house: WellBehavedHouse, topUpId: string): void {
  const run = open(house, topUpId);
  payCheckout(house, run.workflowId);
  run.signals.push('charged');
  findCharge(run);
  run.end({ status: 'credited', ...credit(house, run, topUpId, false) });
}

function expiredAndPaidLate(house: WellBehavedHouse, topUpId: string): void {
  const run = open(house, topUpId);
  const reference = run.workflowId;
  findCharge(run);
  close(house, run, topUpId, 'expired');
  run.end({ status: 'expired', reference });

  payCheckout(house, reference);
  const beginning = { user: null, correlationId: `webhook-of-${reference}` };
  const late = house.begin('settleLateCharge', `late-${reference}`, { reference }, beginning);
  late.looked('payment', 'readConcern', 'GET /top-ups/:topUpId');
  findCharge(late);
  late.end({ status: 'credited-late', ...credit(house, late, topUpId, true) });
}

function cancelledWhenPaid(house: WellBehavedHouse, topUpId: string): void {
  const run = open(house, topUpId);
  payCheckout(house, run.workflowId);
  run.updates.push({ name: 'cancel', input: { reason: 'too dear' }, answer: { answer: 'accepted' } });
  house.answers.push({
    ...{ call: 'cancel', workflowId: run.workflowId, status: 200, body: { answer: 'accepted' } },
    caller: { user: userOf(topUpId) },
  });
  close(house, run, topUpId, 'cancelled');
  findCharge(run);
  sendRefund(house, run, run.workflowId, money);
  run.end({ status: 'cancelled', reason: 'too dear', refunded: money });
}

const userOf = (topUpId: string) => topUpId.split('.')[0]!;

function open(house: WellBehavedHouse, topUpId: string): RunUnderWay {
  const user = userOf(topUpId);
  const run = house.begin(
    'topUpWallet',
    `top-up-${topUpId}`,
    { topUpId: topUpId.split('.')[1], userId: user, money },
    { user },
  );
  run.did('payment', 'openTopUp', { effect: 'top-up-opened', topUpId, user, money });
  house.table('topUps').set(topUpId, { topUpId, user, money, state: 'waiting', openedAt: '2026-11-21T10:00:00.000Z' });
  openCheckout(house, run, { reference: run.workflowId, user, money });
  return run;
}

function close(house: WellBehavedHouse, run: RunUnderWay, topUpId: string, state: 'expired' | 'cancelled'): void {
  run.did('payment', 'closeTopUp', { effect: 'top-up-closed', topUpId, state });
  recordOf(house, topUpId).state = state;
}

function credit(house: WellBehavedHouse, run: RunUnderWay, topUpId: string, late: boolean) {
  const [user, reference] = [userOf(topUpId), `top-up-${topUpId}`];
  run.did('payment', 'creditWallet', { effect: 'wallet-credited', user, topUpId, reference, money, late });
  house.transfer('gateway:paystack', `wallet:${user}`, money);
  recordOf(house, topUpId).state = 'credited';
  const [invoiceId, number] = [`inv-${reference}`, `INV-2026-${topUpId}`];
  run.did('invoice', 'issueInvoice', { effect: 'invoice-issued', invoiceId, number, user, money });
  run.tell(late ? 'top-up-late' : 'top-up-receipt', user, { reference }, 'sendReceipt');
  return { reference, credited: money, invoice: number, receipt: 'sent' };
}

function recordOf(house: WellBehavedHouse, topUpId: string) {
  const record = house.table('topUps').get(topUpId);
  if (!record) throw new Error(`There is no such top-up [${topUpId}]`);
  return record;
}
