import type { Money, PaymentFlaw } from '@longhaul/contracts';

/**
 * What the card gateway takes, in minor units. The least are the gateway's own; the most are ours, so that a slip of
 * the keyboard does not empty an account.
 */
const limits: Partial<Record<Money['currency'], { readonly least: number; readonly most: number }>> = {
  GHS: { least: 10, most: 10_000_000 },
  KES: { least: 300, most: 100_000_000 },
  NGN: { least: 5_000, most: 1_000_000_000 },
  USD: { least: 200, most: 1_000_000 },
  ZAR: { least: 100, most: 20_000_000 },
};

/** Why money of the right form cannot be taken; undefined when it can. */
export function flawOf({ amount, currency }: Money): PaymentFlaw | undefined {
  const limit = limits[currency];
  if (!limit) return 'currency-not-accepted';
  if (amount < limit.least) return 'amount-below-minimum';
  if (amount > limit.most) return 'amount-above-limit';
  return undefined;
}

export function sameMoney(one: Money, other: Money): boolean {
  return one.amount === other.amount && one.currency === other.currency;
}
