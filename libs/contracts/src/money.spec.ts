import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Currency, minorUnitDigits, Money } from './money.ts';

describe('money', () => {
  /** Copied from ISO 4217 (list one, "minor unit") a second time, because a wrong digit makes amounts wrong by factors of ten. */
  it('has the minor units of ISO 4217', () => {
    expect(minorUnitDigits).toEqual({
      ...{ JPY: 0, RWF: 0, UGX: 0, XAF: 0, XOF: 0 },
      ...{ EUR: 2, GBP: 2, GHS: 2, KES: 2, NGN: 2, PLN: 2, USD: 2, ZAR: 2 },
      ...{ KWD: 3, TND: 3 },
    });
  });

  const amounts = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
  const currencies = fc.constantFrom(...(Object.keys(minorUnitDigits) as Currency[]));

  it('is any safe integer of minor units in a supported currency, and unchanged by JSON', () => {
    fc.assert(
      fc.property(amounts, currencies, (amount, currency) => {
        const crossed: unknown = JSON.parse(JSON.stringify({ amount, currency }));
        expect(Money.parse(crossed)).toEqual({ amount, currency });
      }),
    );
  });

  it('is never a fraction', () => {
    const fractions = fc.double({ noNaN: true }).filter((amount) => !Number.isSafeInteger(amount));
    fc.assert(
      fc.property(fractions, currencies, (amount, currency) => {
        expect(Money.safeParse({ amount, currency }).success).toBe(false);
      }),
    );
  });

  it.each([-1, -0, 0.1, 2 ** 53, 1e400, NaN, '100', 100n, null])('is not %s', (amount) => {
    expect(Money.safeParse({ amount, currency: 'NGN' }).success).toBe(false);
  });

  it.each(['ngn', 'XXX', '', 'toString', 566])('is not in %s', (currency) => {
    expect(Money.safeParse({ amount: 1, currency }).success).toBe(false);
  });
});
