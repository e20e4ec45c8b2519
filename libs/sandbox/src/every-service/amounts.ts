import type { Money } from '@longhaul/checker';

/** Money as a row has it. */
export interface Amounts {
  readonly amount: number;
  readonly currency: string;
}

export function withMoney<Row extends Amounts>(
  rows: readonly Row[],
): (Omit<Row, 'amount' | 'currency'> & { money: Money })[] {
  return rows.map(({ amount, currency, ...rest }) => ({ ...rest, money: { amount, currency } }));
}
