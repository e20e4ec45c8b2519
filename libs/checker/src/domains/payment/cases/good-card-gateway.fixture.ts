import type { RunUnderWay, WellBehavedHouse } from '../../../fixtures/well-behaved-house.fixture.ts';
import type { Money } from '../../../values.ts';

const verify = 'GET /transaction/verify/:reference';

/** Charges the saved card; the gateway sends its webhook. */
export function chargeCard(
  house: WellBehavedHouse,
  run: RunUnderWay,
  { reference, user, money, status }: { reference: string; user: string; money: Money; status: 'success' | 'failed' },
): void {
  const charged = { effect: 'card-charged', reference, user, money, status } as const;
  run.did('paystack', 'chargeCard', charged, { route: 'POST /transaction/charge_authorization', status: 200 });
  house.table('gatewayTransactions').set(reference, { reference, user, money, status, refunds: [] });
  if (status === 'success') hear(house, 'charge.success', reference, 'payment');
}

export function openCheckout(
  house: WellBehavedHouse,
  run: RunUnderWay,
  { reference, user, money }: { reference: string; user: string; money: Money },
): void {
  const manner = { route: 'POST /transaction/initialize', status: 200, number: 1 };
  run.did('paystack', 'openCheckout', { effect: 'checkout-opened', reference, money }, manner);
  house.table('gatewayTransactions').set(reference, { reference, user, money, status: 'abandoned', refunds: [] });
}

/** The user pays on the gateway's page; the gateway sends its webhook. */
export function payCheckout(house: WellBehavedHouse, reference: string): void {
  const transaction = transactionOf(house, reference);
  transaction.status = 'success';
  house.happened('paystack', { effect: 'checkout-paid', reference, money: transaction.money });
  hear(house, 'charge.success', reference, 'top-up');
}

export function findCharge(run: RunUnderWay): void {
  run.looked('paystack', 'findCharge', verify);
}

/** Sends a refund and checks its state until it is final. */
export function sendRefund(house: WellBehavedHouse, run: RunUnderWay, reference: string, money: Money): string {
  const transaction = transactionOf(house, reference);
  const gatewayRefundId = `of-${reference}`;
  const note = `${run.workflowId}/sendRefund`;
  const refunded = { effect: 'card-refunded', reference, gatewayRefundId, money, note } as const;
  run.did('paystack', 'sendRefund', refunded, { route: 'POST /refund', status: 200 });
  run.looked('paystack', 'readRefund', 'GET /refund/:id');
  for (const state of ['processing', 'processed'] as const) {
    house.happened('paystack', { effect: 'refund-moved', gatewayRefundId, reference, state });
  }
  transaction.refunds.push({ id: gatewayRefundId, money, status: 'processed', note });
  if (money.amount === transaction.money.amount) transaction.status = 'reversed';
  hear(house, 'refund.processed', reference, reference.startsWith('payment') ? 'payment' : 'top-up');
  return gatewayRefundId;
}

/** Records a webhook of the gateway, with the correlation id of the webhook's own request. */
export function hear(house: WellBehavedHouse, event: string, reference: string, concern: 'payment' | 'top-up'): void {
  const id = `${reference}/1`;
  house.called(
    {
      ...{ service: 'payment', route: 'POST /gateway-events', status: 201 },
      ...{ key: `paystack/${event}/${id}`, correlationId: `webhook-of-${reference}` },
    },
    { effect: 'gateway-event-recorded', event, id, reference, concern },
  );
}

function transactionOf(house: WellBehavedHouse, reference: string) {
  const transaction = house.table('gatewayTransactions').get(reference);
  if (!transaction) throw new Error(`The gateway has no transaction with this reference [${reference}]`);
  return transaction;
}
