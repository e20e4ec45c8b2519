import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { runLoad } from './load.ts';

it('has exactly one run in progress for each caller', async () => {
  let underWay = 0;
  let most = 0;
  await runLoad({ callers: 3, durationMs: 60_000, atMost: 30 }, async () => {
    underWay += 1;
    most = Math.max(most, underWay);
    await turn();
    underWay -= 1;
  });
  expect(most).toBe(3);
});

it('stops at the given number, even if time is left, and has a latency for each run', async () => {
  const load = await runLoad({ callers: 4, durationMs: 60_000, atMost: 10 }, () => turn());
  expect(load.completed).toBe(10);
  expect(load.latenciesMs).toHaveLength(10);
});

it('starts nothing after the time is over', async () => {
  const load = await runLoad({ callers: 2, durationMs: 0, atMost: 10 }, () => turn()).catch(() => undefined);
  expect(load?.completed).toBe(0);
});

it('fails with the first booking that fails', async () => {
  await expect(
    runLoad({ callers: 2, durationMs: 60_000, atMost: 10 }, () => Promise.reject(new Error('no seat'))),
  ).rejects.toThrow('no seat');
});
