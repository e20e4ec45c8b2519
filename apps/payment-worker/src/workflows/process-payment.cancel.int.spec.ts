import {
  idempotencyKey,
  ProcessPayment,
  type CancelAnswer,
  type CancelRequest,
  type ProcessPaymentInput,
} from '@longhaul/contracts';
import { houseFor, runModes } from '@longhaul/testing';
import { describe, expect, it } from 'vitest';
import { aPayment, paymentWorkers } from '../payment.fixture.ts';

describe.each(runModes)('a payment that is cancelled (%s)', (mode) => {
  const house = houseFor(mode, paymentWorkers);

  const cancel = (payment: ProcessPaymentInput) =>
    house()
      .client.workflow.getHandle(ProcessPayment.id.of(payment))
      .executeUpdate<CancelAnswer, [CancelRequest]>('cancel', { args: [{ reason: 'changed my mind' }] });

  const moments = (['openPayment', 'chargeCard', 'completePayment'] as const).flatMap((step) =>
    (['before', 'after'] as const).map((phase) => [phase, step] as const),
  );

  it.each(moments)('%s the effect of %s ends cancelled, and nobody has paid', async (phase, step) => {
    const payment = aPayment();
    let answer: Promise<CancelAnswer> | undefined;
    house().atCall(phase, idempotencyKey(ProcessPayment.id.of(payment), step), async () => {
      answer = cancel(payment);
      await answer;
    });
    const run = await house().start(ProcessPayment, payment, { fastPath: false });
    const outcome = await run.result();
    expect(await answer).toEqual({ answer: 'accepted' });
    const refunded = step === 'openPayment' ? null : payment.money;
    expect(outcome).toMatchObject({ status: 'cancelled', reason: 'changed my mind', refunded });
  });

  it('before it began never gets to the gateway', async () => {
    const payment = aPayment();
    const firstSignal = { name: 'cancel', input: { reason: 'too dear' } };
    const run = await house().start(ProcessPayment, payment, { firstSignal });
    expect(await run.result()).toMatchObject({ status: 'cancelled', reason: 'too dear', refunded: null });
    const { gatewayTransactions } = await house().sandbox.evidence();
    expect(gatewayTransactions.map(({ reference }) => reference)).not.toContain(run.workflowId);
  });

  it('when it is completed is refused, with what to do instead', async () => {
    const payment = aPayment({ merchant: 'm-busy' });
    const run = await house().start(ProcessPayment, payment);
    await run.result();
    await expect(cancel(payment)).rejects.toThrow(/already completed|not found/i);
  });
});
