import { idempotencyKey, ProcessPayment, type CancelRequest, type ProcessPaymentInput } from '@longhaul/contracts';
import { houseFor, tasksCarriedOver } from '@longhaul/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aPayment, paymentWorkers } from './payment.fixture.ts';

/**
 * The SDK would continue such a local attempt in another workflow task, together with messages that have arrived. It happens
 * only if both come at the same moment, so there are many runs. The starved worker has 50 ms of every 300 ms for its runs and
 * for the services that it calls.
 */
describe.each([0, 250])(
  'a payment whose local attempt would outlast its workflow task (starved for %i ms)',
  (busyMs) => {
    const house = houseFor('cached', () => paymentWorkers({ timeoutMs: 3_000 }));
    const workflowTaskTimeoutMs = 1_500;
    const request: CancelRequest = { reason: 'changed my mind' };
    const keyOf = (payment: ProcessPaymentInput) => idempotencyKey(ProcessPayment.id.of(payment), 'openPayment');
    const atATime = 4;
    const groups = 4;

    let starving: NodeJS.Timeout | undefined;
    beforeAll(() => {
      if (busyMs > 0) starving = setInterval(() => keepBusy(busyMs), busyMs + 50);
    });
    afterAll(() => clearInterval(starving));

    it.each(['update', 'signal'] as const)(
      'can be cancelled by %s, also if the attempt ends at the same moment',
      async (how) => {
        for (let group = 0; group < groups; group += 1) {
          const payments = Array.from({ length: atATime }, () => aPayment());
          const delayMs = (at: number) => 1_000 + 20 * (at * groups + group);
          house().sandbox.faults.set({
            seed: 1,
            rules: payments.map((payment, at) => ({ kind: 'delay', key: `^${keyOf(payment)}$`, delayMs: delayMs(at) })),
          });
          const outcomes = await Promise.all(payments.map((payment) => cancelledMeanwhile(payment, how)));
          for (const outcome of outcomes) expect(outcome).toMatchObject({ status: 'cancelled' });
          for (const run of house().started) expect(tasksCarriedOver(await run.fetchHistory())).toEqual([]);
        }
      },
    );

    async function cancelledMeanwhile(payment: ProcessPaymentInput, how: 'update' | 'signal'): Promise<unknown> {
      let told: Promise<unknown> = Promise.resolve();
      house().atCall('before', keyOf(payment), () => {
        const run = house().client.workflow.getHandle(ProcessPayment.id.of(payment));
        told =
          how === 'signal' ? run.signal('cancel', request) : run.executeUpdate('cancel', { args: [request] as never });
        // It is awaited below; until then its failure must not be an unhandled rejection.
        told.catch(() => undefined);
      });
      const run = await house().start(ProcessPayment, payment, { time: 'stands', workflowTaskTimeoutMs });
      const outcome = await run.result();
      await told;
      return outcome;
    }
  },
);

function keepBusy(ms: number): void {
  const untilMs = performance.now() + ms;
  while (performance.now() < untilMs);
}
