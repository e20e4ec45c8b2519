import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { faultFor, FaultPlan, type PlannedCall } from '../faults/fault-plan.ts';

const call = fc.record<PlannedCall>({
  service: fc.constantFrom('booking', 'payment'),
  route: fc.constantFrom('POST /holds', 'POST /charges'),
  countedBy: fc.string(),
  attempt: fc.integer({ min: 1, max: 9 }),
});
const plan = (seed: string, rate = 0.5) =>
  FaultPlan.parse({
    seed,
    rules: [
      { kind: 'delay', rate },
      { kind: 'refusal', rate },
    ],
  });

describe('The fault plan', () => {
  it('decides the same for the same seed, in any order of calls', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(call), (seed, calls) => {
        const there = calls.map((one) => faultFor(plan(seed), one)?.kind);
        const back = calls.toReversed().map((one) => faultFor(plan(seed), one)?.kind);
        expect(back.toReversed()).toEqual(there);
      }),
    );
  });

  it('never changes its decisions, so that a seed from an old log can be reused', () => {
    const kinds = Array.from({ length: 12 }, (_, index) =>
      faultFor(plan('a seed'), { service: 'payment', route: 'POST /charges', countedBy: `key-${index}`, attempt: 1 }),
    );
    expect(kinds.map((fault) => fault?.kind ?? '-')).toMatchInlineSnapshot(`
      [
        "-",
        "delay",
        "-",
        "-",
        "refusal",
        "refusal",
        "delay",
        "refusal",
        "-",
        "delay",
        "delay",
        "delay",
      ]
    `);
  });

  it('injects faults into about the share of calls that the rate says', () => {
    const rule = FaultPlan.parse({ seed: 7, rules: [{ kind: 'delay', rate: 0.2 }] });
    const bitten = Array.from({ length: 2_000 }, (_, index) =>
      faultFor(rule, { service: 'payment', route: 'POST /charges', countedBy: `key-${index}`, attempt: 1 }),
    ).filter(Boolean).length;
    expect(bitten).toBeGreaterThan(300);
    expect(bitten).toBeLessThan(500);
  });

  it('injects faults only into calls that match a rule', () => {
    const rule = {
      service: 'payment',
      route: 'POST /charges',
      key: 'r-1/',
      attempts: { from: 2, to: 3 },
      kind: 'delay',
    };
    const only = FaultPlan.parse({ seed: 1, rules: [rule] });
    const hit: PlannedCall = {
      service: 'payment',
      route: 'POST /charges',
      countedBy: 'booking-r-1/chargeFare',
      attempt: 2,
    };
    expect(faultFor(only, hit)?.kind).toBe('delay');
    const misses: Partial<PlannedCall>[] = [
      { service: 'fleet' },
      { route: 'POST /holds' },
      { countedBy: 'booking-r-2/chargeFare' },
      { attempt: 1 },
      { attempt: 4 },
    ];
    for (const miss of misses) expect(faultFor(only, { ...hit, ...miss })).toBeUndefined();
  });
});
