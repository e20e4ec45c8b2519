import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { comeAgain, notFound } from '../http/problem.ts';
import { inStep } from './in-step.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** How long the answer takes, given the time of the look-up. */
async function answeredAfter(lookMs: number, end: () => unknown): Promise<number> {
  const begun = performance.now();
  const answered = inStep(async () => {
    await new Promise((resolve) => setTimeout(resolve, lookMs));
    return end();
  }).then(
    () => performance.now() - begun,
    () => performance.now() - begun,
  );
  await vi.advanceTimersByTimeAsync(1_000);
  return answered;
}
const missing = () => {
  throw notFound();
};

test.each([1, 2, 7, 49])(
  'a missing run and a run of another user are answered after the same time [%i ms]',
  async (ms) => {
    expect(await answeredAfter(ms, missing)).toBe(50);
  },
);

test('also if the look-up takes longer', async () => {
  expect(await answeredAfter(51, missing)).toBe(100);
  expect(await answeredAfter(87, missing)).toBe(100);
});

test('any other answer is sent at once', async () => {
  expect(await answeredAfter(7, () => 'it')).toBe(7);
  const busy = () => {
    throw comeAgain('temporal-unavailable', 'Temporal does not answer.', 2);
  };
  expect(await answeredAfter(7, busy)).toBe(7);
});
