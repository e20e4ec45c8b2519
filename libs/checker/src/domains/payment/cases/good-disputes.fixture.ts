import { chargeReference, HandleDispute } from '@longhaul/contracts';
import type { WellBehavedHouse } from '../../../fixtures/well-behaved-house.fixture.ts';
import { hear } from './good-card-gateway.fixture.ts';

/** A payment that stays completed because the bank decides the dispute in our favour. */
export function disputeCharges(house: WellBehavedHouse): void {
  const about = { disputeId: '1', reference: chargeReference.of('payment-u-p_1.p_1') };
  house.happened('paystack', { effect: 'charge-disputed', ...about, dueAt: '2026-11-22T02:00:00.000Z' });
  hear(house, 'charge.dispute.create', about.reference, 'payment');
  const run = house.begin(HandleDispute.type, HandleDispute.id.of(about), about);
  run.did('payment', 'openDispute', { effect: 'dispute-opened', ...about });
  house.happened('paystack', { effect: 'charge-dispute-resolved', ...about });
  hear(house, 'charge.dispute.resolve', about.reference, 'payment');
  run.looked('paystack', 'readDispute', 'GET /dispute/:id');
  run.did('payment', 'closeDispute', { effect: 'dispute-closed', ...about, state: 'won' });
  run.end({ status: 'won' });
}
