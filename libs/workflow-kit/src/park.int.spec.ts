import type { ResolveAnswer, ResolveRequest } from '@longhaul/contracts';
import { isParked, runModes, statusOf, until } from '@longhaul/testing';
import type { WorkflowHandle } from '@temporalio/client';
import { describe, expect, it } from 'vitest';
import { aDeclinedOrder, anOrder, cancel, resolve, retry, settled, shopHouse } from './shop-house.fixture.ts';
import { turns } from './shop.fixture.ts';

const ways: [string, (run: WorkflowHandle, word: ResolveRequest) => Promise<unknown>][] = [
  ['an update', resolve],
  ['a signal', (run, word) => run.signal('resolve', word)],
];

describe.each(runModes)('a run that needs a person (%s)', (mode) => {
  const { shop, park, place, runOf } = shopHouse(mode);

  it('says at which step, for what reason, and who is asked', async () => {
    const { run, status } = await park(anOrder(), 'charge');
    const attention = {
      step: 'charge',
      code: 'refused-by-shop',
      message: 'The shop does not do that',
      owner: 'shopkeepers',
    };
    expect(status).toMatchObject({
      state: 'parked',
      stepsDone: ['reserve'],
      waitingFor: null,
      outcome: null,
      attention,
    });
    await resolve(run, settled);
    await run.result();
  });

  it('shows in the search attributes for as long as it waits', async () => {
    const { run } = await park(anOrder(), 'charge');
    const attributes = async () => {
      const { typedSearchAttributes: typed } = await run.describe();
      return Object.fromEntries(typed.getAll().map(({ key, value }) => [key.name, value]));
    };
    const raised = { LonghaulAttention: 'refused-by-shop', LonghaulAttentionOwner: 'shopkeepers' };
    expect(await attributes()).toMatchObject(raised);
    await resolve(run, settled);
    await run.result();
    // "Not set" looks different from server to server; the code may not be there any more.
    const { LonghaulAttention: code = '', LonghaulAttentionOwner: owner = '' } = await attributes();
    expect(JSON.stringify([code, owner])).not.toMatch(/[a-z]/);
  });

  describe.each(ways)('and is answered by %s', (_way, say) => {
    it('takes the step again when it is told to', async () => {
      const order = anOrder();
      const { run } = await park(order, 'charge');
      shop.mend();
      await say(run, retry);
      expect(await run.result()).toMatchObject({ status: 'placed', settledByHand: [] });
      expect(shop.done(order)).toEqual(['reserve', 'charge', 'thank']);
    });

    it('goes on without the step that somebody settled by hand, and keeps the note', async () => {
      const order = aDeclinedOrder();
      const { run, status } = await park(order, 'refund');
      expect(status.outcome).toEqual({ status: 'declined' });
      await say(run, settled);
      const settledByHand = [{ step: 'refund', by: 'Grace', note: 'seen to it' }];
      expect(await run.result()).toMatchObject({ status: 'declined', settledByHand });
      expect(shop.done(order)).toEqual(['reserve', 'charge', 'release', 'thank']);
    });

    it('waits again when it is told too early to take the step again', async () => {
      const { run, status } = await park(aDeclinedOrder(), 'release');
      await say(run, retry);
      await until(run, (now) => isParked(now) && now.attention!.since !== status.attention!.since);
      shop.mend();
      await say(run, retry);
      expect(await run.result()).toMatchObject({ status: 'declined', settledByHand: [] });
    });

    it('goes on waiting for one who says who they are', async () => {
      const { run, status } = await park(anOrder(), 'charge');
      await say(run, { action: 'settled', note: 'x' } as ResolveRequest).catch((error: unknown) => {
        expect(error).toMatchObject({ cause: { type: 'InvalidInput', message: expect.stringContaining('/by') } });
      });
      expect(await statusOf(run)).toEqual(status);
      await say(run, settled);
      expect(await run.result()).toMatchObject({ settledByHand: [{ by: 'Grace' }] });
    });
  });

  it('takes the first word of two', async () => {
    const { run } = await park(anOrder(), 'charge');
    const answers = await Promise.all([resolve(run, settled), resolve(run, settled)]);
    expect(answers.map(({ resolved }) => resolved).toSorted()).toEqual([false, true]);
    expect(await run.result()).toMatchObject({ settledByHand: [{ step: 'charge' }] });
  });

  it.each([
    ['by its caller', (run: WorkflowHandle) => cancel(run), 'changed my mind'],
    ['in Temporal', (run: WorkflowHandle) => run.cancel(), 'cancelled in Temporal'],
  ])('and may still be stopped can be cancelled %s', async (_who, stop, reason) => {
    const order = anOrder();
    const { run } = await park(order, 'charge');
    await stop(run);
    expect(await run.result()).toMatchObject({ status: 'cancelled', reason });
    expect(shop.done(order)).toEqual(['reserve', 'refund', 'release', 'thank']);
  });

  it('at an undo is too late to cancel, and goes on waiting', async () => {
    const { run } = await park(aDeclinedOrder(), 'refund');
    expect(await cancel(run)).toMatchObject({ answer: 'too-late' });
    await run.cancel();
    expect(await statusOf(run)).toMatchObject({ state: 'parked' });
    await resolve(run, settled);
    expect(await run.result()).toMatchObject({ status: 'declined' });
  });

  it('is told apart from one that needs nobody: whoever speaks to that one is told so', async () => {
    const order = anOrder();
    let answer: ResolveAnswer | undefined;
    const hears = turns.before(async () => (answer = await resolve(runOf(order), settled)));
    shop.plan(order, 'thank', hears);
    expect(await place(order)).toMatchObject({ status: 'placed', settledByHand: [] });
    expect(answer).toEqual({ resolved: false, detail: 'The run is not waiting for anybody' });
  });
});
