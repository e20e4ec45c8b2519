import { idempotencyKey, ProcessPayment, type CancelRequest, type ProcessPaymentInput } from '@longhaul/contracts';
import { houseFor } from '@longhaul/testing';
import { describe, expect, it } from 'vitest';
import { aPayment, paymentWorkers } from './payment.fixture.ts';

/**
 * A local attempt that takes longer is carried over to another workflow task, and what came in meanwhile with it. Where both
 * may come in one moment, some of many runs meet it.
 */
describe('a payment whose local attempt outlasts its workflow task', () => {
  const house = houseFor('cached', () => paymentWorkers(3_000));
  const workflowTaskTimeoutMs = 1_500;
  const request: CancelRequest = { reason: 'changed my mind' };

  it.each(['update', 'signal'] as const)(
    'is cancelled by %s, whether the attempt ends just then or not',
    async (how) => {
      const payments = Array.from({ length: 16 }, () => aPayment());
      const keyOf = ({ paymentId }: ProcessPaymentInput) => idempotencyKey(`payment-${paymentId}`, 'openPayment');
      house().sandbox.faults.set({
        seed: 1,
        rules: payments.map((payment, at) => ({ kind: 'delay', key: `^${keyOf(payment)}$`, delayMs: 1_000 + 20 * at })),
      });
      const told: Promise<unknown>[] = [];
      const outcomes = payments.map(async (payment) => {
        house().atCall('before', keyOf(payment), () => {
          const run = house().client.workflow.getHandle(ProcessPayment.id.of(payment));
          told.push(
            how === 'signal'
              ? run.signal('cancel', request)
              : run.executeUpdate('cancel', { args: [request] as never }),
          );
        });
        return (await house().start(ProcessPayment, payment, { workflowTaskTimeoutMs })).result();
      });
      for (const outcome of outcomes) expect(await outcome).toMatchObject({ status: 'cancelled' });
      await Promise.all(told);
    },
  );
});
