import fc from 'fast-check';
import { hourMs } from '@longhaul/workflow-kit';
import { describe, expect, it } from 'vitest';
import { ladder, mostAsksForAPlace, pauseBefore, pauseForAPlace } from './deliver-webhook.rules.ts';

const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe('the ladder of tries', () => {
  it('begins at once, only ever gets longer, and takes about three days', () => {
    expect(ladder[0]).toBe(0);
    expect(ladder.every((pauseMs, rung) => rung === 0 || pauseMs > ladder[rung - 1]!)).toBe(true);
    const allMs = ladder.reduce((sum, pauseMs) => sum + pauseMs, 0);
    expect(allMs).toBeGreaterThan(72 * hourMs);
    expect(allMs).toBeLessThan(80 * hourMs);
  });

  it('spreads tries that failed together, by up to a tenth', () => {
    fc.assert(
      fc.property(fc.nat({ max: ladder.length - 1 }), chance, (rung, at) => {
        const pauseMs = pauseBefore(rung, at);
        expect(pauseMs).toBeGreaterThanOrEqual(ladder[rung]!);
        expect(pauseMs).toBeLessThanOrEqual(Math.ceil(ladder[rung]! * 1.1));
      }),
    );
  });

  it('waits as long as the endpoint asks for, but never over a day for that', () => {
    expect(pauseBefore(1, 0, 60_000)).toBe(60_000);
    expect(pauseBefore(3, 0, 1_000)).toBe(ladder[3]);
    expect(pauseBefore(1, 0, 1_000 * hourMs)).toBe(24 * hourMs);
  });
});

describe('a try that finds no place', () => {
  it('asks again soon at first, then less often, for two to four hours in all', () => {
    const pauses = (at: number) =>
      Array.from({ length: mostAsksForAPlace - 1 }, (_, asked) => pauseForAPlace(asked + 1, at));
    const hours = (at: number) => pauses(at).reduce((sum, pauseMs) => sum + pauseMs, 0) / hourMs;
    expect(pauses(0)[0]).toBe(1_000);
    expect(Math.max(...pauses(0.999))).toBeLessThanOrEqual(20 * 60_000);
    expect(hours(0)).toBeGreaterThan(1.7);
    expect(hours(0.999)).toBeLessThan(4);
  });
});
