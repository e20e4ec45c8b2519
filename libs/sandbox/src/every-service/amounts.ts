import type { Money } from '@longhaul/checker';

/** The columns of an amount. */
export interface Amounts {
  readonly amount: number;
  readonly currency: string;
}

export function withMoney<Row extends Amounts>(
  rows: readonly Row[],
): (Omit<Row, 'amount' | 'currency'> & { money: Money })[] {
  return rows.map(({ amount, currency, ...rest }) => ({ ...rest, money: { amount, currency } }));
}
