import { z } from 'zod';

/**
 * The currencies Longhaul handles, with the number of decimals of their minor unit as ISO 4217 states it.
 * `Intl` cannot be used for this: it follows CLDR, which differs for some currencies.
 */
export const minorUnitDigits = {
  EUR: 2,
  GBP: 2,
  GHS: 2,
  JPY: 0,
  KES: 2,
  KWD: 3,
  NGN: 2,
  PLN: 2,
  RWF: 0,
  TND: 3,
  UGX: 0,
  USD: 2,
  XAF: 0,
  XOF: 0,
  ZAR: 2,
} as const;

export type Currency = keyof typeof minorUnitDigits;

export const Currency = z.enum(Object.keys(minorUnitDigits) as [Currency, ...Currency[]]);

/** An amount in minor units: a safe integer, never a fraction, never negative zero. */
export const MinorUnits = z
  .int()
  .nonnegative()
  .refine((amount) => !Object.is(amount, -0), 'must not be negative zero');

export const Money = z.object({ amount: MinorUnits, currency: Currency });
export type Money = z.infer<typeof Money>;

/** An amount to pay. */
export const PositiveMoney = Money.extend({
  amount: MinorUnits.min(1, 'must be more than zero'),
});
