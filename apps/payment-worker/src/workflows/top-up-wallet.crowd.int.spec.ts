import {
  answerTo,
  TopUpWallet,
  type CancelAnswer,
  type CancelRequest,
  type CheckoutAnswer,
  type ResolveAnswer,
  type ResolveRequest,
} from '@longhaul/contracts';
import { houseFor } from '@longhaul/testing';
import type { WorkflowHandle } from '@temporalio/client';
import { beforeEach, describe, expect, it } from 'vitest';
import { hearPaystack } from '../hear-paystack.fixture.ts';
import { aTopUp, paymentWorkers } from '../payment.fixture.ts';

/** Temporal's own limit is 2,000 in a run's life. What matters is that there are more messages than it allows. */
const mostUpdates = 10;
const crowd = 3 * mostUpdates;

const settle: ResolveRequest = { action: 'settled', by: 'Grace', note: 'credited by hand' };

describe('a top-up to which more is said than Temporal lets a run take', () => {
  const house = houseFor('cached', paymentWorkers, { dynamicConfig: { 'history.maxTotalUpdates': mostUpdates } });
  beforeEach(() => {
    hearPaystack(house());
  });

  const checkout = (run: WorkflowHandle) =>
    run.executeUpdate<CheckoutAnswer, [object]>('checkout', { args: [{}], updateId: 'checkout' });
  const cancel = (run: WorkflowHandle) =>
    answerTo(run.executeUpdate<CancelAnswer, [CancelRequest]>('cancel', { args: [{ reason: 'me too' }] }));
  const resolve = (run: WorkflowHandle) =>
    answerTo(run.executeUpdate<ResolveAnswer, [ResolveRequest]>('resolve', { args: [settle] }));

  it('and that waits to be paid still hears that it is cancelled', async () => {
    const run = await house().start(TopUpWallet, aTopUp(), { time: 'stands' });
    const page = await checkout(run);
    for (let sent = 0; sent < crowd; sent += 1) {
      expect(await checkout(run)).toEqual(page);
      expect(await resolve(run)).toMatchObject({ resolved: false });
    }
    expect(await cancel(run)).toEqual({ answer: 'accepted' });
    expect(await run.result()).toMatchObject({ status: 'cancelled' });
  });
});
