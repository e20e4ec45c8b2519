import {
  answerTo,
  BookRide,
  type CancelAnswer,
  type CancelRequest,
  type ResolveAnswer,
  type ResolveRequest,
} from '@longhaul/contracts';
import { houseFor, isParked, statusOf, until } from '@longhaul/testing';
import type { WorkflowHandle } from '@temporalio/client';
import { describe, expect, it } from 'vitest';
import { aRide, bookingWorkers } from '../booking.fixture.ts';

/** Temporal's own limit is 2,000 in a run's life. What matters is that there are more messages than it allows. */
const mostUpdates = 20;
const crowd = 3 * mostUpdates;

const settle: ResolveRequest = { action: 'settled', by: 'Grace', note: 'paid back by bank transfer' };

describe('a ride to which more is said than Temporal lets a run take', () => {
  const house = houseFor('cached', bookingWorkers, { dynamicConfig: { 'history.maxTotalUpdates': mostUpdates } });

  async function parkedAtItsRefund() {
    house().sandbox.faults.set({ seed: 1, rules: [{ key: '/refundFare$', kind: 'refusal' }] });
    const run = await house().start(BookRide, await aRide(house(), { bus: 'b-closed' }));
    await until(run, isParked);
    return run;
  }

  const cancel = (run: WorkflowHandle, updateId?: string) =>
    answerTo(
      run.executeUpdate<CancelAnswer, [CancelRequest]>('cancel', {
        args: [{ reason: 'me too' }],
        ...(updateId && { updateId }),
      }),
    );
  const resolve = (run: WorkflowHandle, word: ResolveRequest) =>
    answerTo(run.executeUpdate<ResolveAnswer, [ResolveRequest]>('resolve', { args: [word] }));

  it('tells each that it comes too late, and still hears its operator', async () => {
    const run = await parkedAtItsRefund();
    for (let sent = 0; sent < crowd; sent += 1) {
      // Some callers name their message, and say it again under the same name.
      expect(await cancel(run, sent % 2 ? `c-${sent % 5}` : undefined)).toMatchObject({ answer: 'too-late' });
    }
    expect(await resolve(run, settle)).toMatchObject({ resolved: true });
    expect(await run.result()).toMatchObject({
      status: 'refused',
      givenBack: { settledByHand: [{ note: settle.note }] },
    });
  });

  it('hears its operator by a signal when it takes no more updates', async () => {
    const run = await parkedAtItsRefund();
    const again: ResolveRequest = { action: 'retry', by: 'Grace' };
    for (let sent = 0; sent < mostUpdates; sent += 1) {
      expect(await resolve(run, again)).toMatchObject({ resolved: true });
      await until(run, isParked);
    }
    await expect(resolve(run, again)).rejects.toThrow();
    await run.signal('resolve', settle);
    expect(await run.result()).toMatchObject({
      status: 'refused',
      givenBack: { settledByHand: [{ note: settle.note }] },
    });
  });
});

/** By a worker that keeps no run in its cache, the SDK answers one of them and loses the others. */
describe('a ride that many ask about', () => {
  const house = houseFor('cached', bookingWorkers);

  it('tells all at once how far it is, in the middle of a local attempt too', async () => {
    const ride = await aRide(house());
    const asked: Promise<unknown>[] = [];
    house().atCall('before', `${BookRide.id.of(ride)}/chargeFare`, () => {
      const run = house().client.workflow.getHandle(BookRide.id.of(ride));
      for (let caller = 0; caller < 10; caller += 1) asked.push(statusOf(run).catch((error: unknown) => error));
    });
    const run = await house().start(BookRide, ride);
    expect(await run.result()).toMatchObject({ status: 'confirmed' });
    const answers = await Promise.all(asked);
    expect(answers).toHaveLength(10);
    for (const answer of answers) expect(answer).toHaveProperty('stepsDone');
  });
});
