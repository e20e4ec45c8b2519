import { groupBy, sum, type Money } from '../../../values.ts';
import type { LedgerLine } from '../effects.ts';

export function balances(
  lines: readonly LedgerLine[],
  of: (line: LedgerLine) => string,
): { readonly of: string; readonly balance: number }[] {
  return [...groupBy(lines, of)].map(([name, group]) => ({
    of: name,
    balance: sum(group.map(({ amount }) => amount)),
  }));
}

/** One message for each currency in which the balance of the account is not the sum of these amounts. */
export function unlike(ledger: readonly LedgerLine[], account: string, due: readonly Money[]): string[] {
  const held = balances(
    ledger.filter((line) => line.account === account),
    ({ currency }) => currency,
  );
  const currencies = new Set([...held.map(({ of }) => of), ...due.map(({ currency }) => currency)]);
  return [...currencies].flatMap((currency) => {
    const balance = held.find(({ of }) => of === currency)?.balance ?? 0;
    const wanted = sum(due.filter((money) => money.currency === currency).map(({ amount }) => amount));
    return balance === wanted ? [] : [`${account} in ${currency} is ${balance}, it should be ${wanted}`];
  });
}
