import type { StepCall } from '@longhaul/contracts';
import type { WorkerUnderTest } from '@longhaul/testing';
import type { RecordedRun } from '@longhaul/testing/histories';
import { paymentWorkersWith } from './payment.fixture.ts';
import { hearPaystack } from './hear-paystack.fixture.ts';
import { recordedDisputes } from './recorded-disputes.fixture.ts';
import { recordedLateCharges } from './recorded-late-charges.fixture.ts';
import { recordedPayments, undecided } from './recorded-payments.fixture.ts';
import { recordedRefunds } from './recorded-refunds.fixture.ts';
import { recordedTopUps } from './recorded-top-ups.fixture.ts';
import { recordedWebhooks, withoutPlaceAtFirst } from './recorded-webhooks.fixture.ts';

export const recordedRuns: readonly RecordedRun[] = [
  ...recordedPayments,
  ...recordedRefunds,
  ...recordedTopUps,
  ...recordedLateCharges,
  ...recordedDisputes,
  ...recordedWebhooks,
].map(({ play, ...run }) => ({
  ...run,
  play(house, name) {
    // Before the first run, because a webhook that is handled after the end of its payment has no effect.
    hearPaystack(house);
    return play(house, name);
  },
}));

/** The workers of the specs, with a bank that never decides on one payment, and a merchant who has no free place at first. */
export async function recordedWorkers(): Promise<WorkerUnderTest[]> {
  const workers = await paymentWorkersWith((activities) => ({
    findCharge: (call: StepCall, request: { reference: string }) =>
      request.reference.endsWith(undecided)
        ? Promise.resolve({ status: 'pending' as const })
        : activities.findCharge(call, request),
  }));
  return withoutPlaceAtFirst(workers);
}
