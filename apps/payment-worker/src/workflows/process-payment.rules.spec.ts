import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flawOf, sameMoney } from './process-payment.rules.ts';

describe('what the card gateway takes', () => {
  it.each([
    ['NGN', 5_000, 1_000_000_000],
    ['GHS', 10, 10_000_000],
    ['KES', 300, 100_000_000],
    ['USD', 200, 1_000_000],
    ['ZAR', 100, 20_000_000],
  ] as const)('in %s is from %i to %i minor units, both included', (currency, least, most) => {
    expect(flawOf({ amount: least, currency })).toBeUndefined();
    expect(flawOf({ amount: most, currency })).toBeUndefined();
    expect(flawOf({ amount: least - 1, currency })).toBe('amount-below-minimum');
    expect(flawOf({ amount: most + 1, currency })).toBe('amount-above-limit');
  });

  it.each(['EUR', 'JPY', 'KWD', 'XOF'] as const)('is nothing in %s, whatever the amount', (currency) => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), (amount) => {
        expect(flawOf({ amount, currency })).toBe('currency-not-accepted');
      }),
    );
  });
});

describe('two amounts of money', () => {
  it('are the same only in amount and currency', () => {
    const naira = { amount: 5_000, currency: 'NGN' } as const;
    expect(sameMoney(naira, { ...naira })).toBe(true);
    expect(sameMoney(naira, { ...naira, amount: 5_001 })).toBe(false);
    expect(sameMoney(naira, { ...naira, currency: 'GHS' })).toBe(false);
  });
});
