import { isParked, until } from '@longhaul/testing';
import { describe, expect, it } from 'vitest';
import { aDeclinedOrder, cancel, resolve, retry, settled, shopHouse } from './shop-house.fixture.ts';

/** Temporal's own limit is 2,000 in a run's life. What matters is that there are more messages than it allows. */
const mostUpdates = 20;

describe('a run to which more is said than Temporal lets a run take', () => {
  const { park } = shopHouse('cached', { dynamicConfig: { 'history.maxTotalUpdates': mostUpdates } });

  it('tells each that it comes too late, and still hears its operator', async () => {
    const { run } = await park(aDeclinedOrder(), 'refund');
    for (let sent = 0; sent < 3 * mostUpdates; sent += 1) {
      // Some callers name their message, and say it again under the same name.
      const named = sent % 2 ? { updateId: `c-${sent % 5}` } : {};
      expect(await cancel(run, 'me too', named)).toMatchObject({ answer: 'too-late' });
    }
    expect(await resolve(run, settled)).toMatchObject({ resolved: true });
    expect(await run.result()).toMatchObject({ status: 'declined', settledByHand: [{ note: settled.note }] });
  });

  it('hears its operator by a signal when it takes no more updates', async () => {
    const { run } = await park(aDeclinedOrder(), 'refund');
    for (let sent = 0; sent < mostUpdates; sent += 1) {
      expect(await resolve(run, retry)).toMatchObject({ resolved: true });
      await until(run, isParked);
    }
    await expect(resolve(run, retry)).rejects.toThrow();
    await run.signal('resolve', settled);
    expect(await run.result()).toMatchObject({ status: 'declined', settledByHand: [{ note: settled.note }] });
  });
});
