import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';

export interface Money {
  readonly amount: number;
  readonly currency: string;
}

/** Money in inputs and outcomes. */
export const Money = z.object({ amount: z.int(), currency: z.string() });

export const same = (a: unknown, b: unknown): boolean => isDeepStrictEqual(plain(a), plain(b));

/** A copy without the members that are undefined, like JSON. */
function plain(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value) ?? 'null');
}

export const inWords = (money: Money | null | undefined): string =>
  money ? `${money.amount} ${money.currency}` : 'nothing';

export const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);

export function groupBy<T>(items: readonly T[], keyOf: (item: T) => string | null | undefined): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === null || key === undefined) continue;
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

/** The keys that more than one item has, with those items. */
export function repeated<T>(items: readonly T[], keyOf: (item: T) => string | null | undefined): [string, T[]][] {
  return [...groupBy(items, keyOf)].filter(([, group]) => group.length > 1);
}
