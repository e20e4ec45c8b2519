import { HandleDispute, ProcessPayment } from '@longhaul/contracts';
import type { House } from '@longhaul/testing';
import { retry, seeThrough, settled, untilParked, type Play, type RecordedRun } from '@longhaul/testing/histories';
import type { WorkflowHandle } from '@temporalio/client';
import { disputeOf, resolveAtPaystack } from './disputes.fixture.ts';
import { aPayment } from './payment.fixture.ts';

interface DisputePlay extends Pick<Play, 'parked'> {
  readonly decided?: 'declined' | 'merchant-accepted';
  /** Paystack's webhook about the result does not arrive. */
  readonly untold?: boolean;
}

const dispute = (name: string, { decided, untold = false, parked }: DisputePlay): RecordedRun => ({
  name,
  async play(house: House): Promise<WorkflowHandle> {
    const payment = aPayment({ paymentId: `recorded-${name}`, user: 'u-disputes' });
    await (await house.start(ProcessPayment, payment)).result();
    await house.sandbox.webhooks.drained();
    const opened = await disputeOf(house.sandbox, payment);
    const run = house.client.workflow.getHandle(HandleDispute.id.of(opened));
    await untilParked(run);
    const lost = { route: 'WEBHOOK charge.dispute.resolve', kind: 'webhook-lost' } as const;
    if (untold) house.sandbox.faults.set({ seed: 1, rules: [lost] });
    if (decided) await resolveAtPaystack(house.sandbox, opened.disputeId, decided);
    await house.sandbox.webhooks.drained();
    return seeThrough(house, run, parked ? { parked } : {});
  },
});

export const recordedDisputes: readonly RecordedRun[] = [
  dispute('dispute-won', { decided: 'declined' }),
  dispute('dispute-lost-untold', { decided: 'merchant-accepted', untold: true, parked: retry }),
  dispute('dispute-settled', { parked: settled }),
  dispute('dispute-settled-by-signal', { parked: 'settled by signal' }),
];
