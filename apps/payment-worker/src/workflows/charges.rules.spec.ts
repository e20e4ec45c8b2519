import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nextLookMs, refundEndsWithinMs } from './charges.rules.ts';

const longestMs = 6 * 3_600_000;

it('looks after a second, then half as often each time, and at least every six hours', () => {
  expect([0, 1, 2, 14, 15].map(nextLookMs)).toEqual([1_000, 2_000, 4_000, 16_384_000, longestMs]);
  fc.assert(
    fc.property(fc.nat(), (look) => {
      expect(nextLookMs(look)).toBeLessThanOrEqual(longestMs);
      expect(nextLookMs(look + 1)).toBeGreaterThanOrEqual(nextLookMs(look));
    }),
  );
});

it('looks no more than some eighty times before a refund is overdue, so that no history grows without bound', () => {
  let looks = 0;
  for (let passedMs = 0; passedMs < refundEndsWithinMs; passedMs += nextLookMs(looks)) looks += 1;
  expect(looks).toBeLessThan(80);
});
