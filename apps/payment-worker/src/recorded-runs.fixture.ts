import type { RecordedRun } from '@longhaul/testing/histories';
import { hearPaystack } from './hear-paystack.fixture.ts';
import { recordedPayments } from './recorded-payments.fixture.ts';
import { recordedRefunds } from './recorded-refunds.fixture.ts';
import { recordedTopUps } from './recorded-top-ups.fixture.ts';
import { recordedLateCharges } from './recorded-late-charges.fixture.ts';
import { recordedWebhooks } from './recorded-webhooks.fixture.ts';

export { paymentWorkers as recordedWorkers } from './payment.fixture.ts';

export const recordedRuns: readonly RecordedRun[] = [
  ...recordedPayments,
  ...recordedRefunds,
  ...recordedTopUps,
  ...recordedLateCharges,
  ...recordedWebhooks,
].map(({ play, ...run }) => ({
  ...run,
  play(house, name) {
    // From the first run on: what the gateway tells of a payment is old news when it is told after the payment's end.
    hearPaystack(house);
    return play(house, name);
  },
}));
