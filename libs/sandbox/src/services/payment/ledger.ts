import type { Money } from '@longhaul/checker';
import type { Queries } from '../../database/queries.ts';

/** The opening balance of a wallet, in minor units of the currency in which it is first used. */
const openingBalance = 100_000_000;

export const walletOf = (user: string) => `wallet:${user}`;
export const merchantAccount = (merchant: string) => `merchant:${merchant}`;
export const capturedFares = 'fares:captured';
/** The account of the card gateway. It owes us what it took, so the balance is negative. */
export const cardGateway = 'gateway:paystack';
/** Reserved from a merchant for a refund that is not settled yet. */
export const refundsPending = 'refunds:pending';
const opening = 'equity:opening';

/** Posts one journal that moves `amount` from one account to another. Debits are positive. */
export async function transfer(
  tx: Queries,
  { from, to, money }: { from: string; to: string; money: Money },
): Promise<void> {
  await tx.query(
    `with journal as (select nextval('ledger_journals') as id)
     insert into ledger_lines (journal_id, account, amount, currency)
     select journal.id, line.account, line.amount, $4
     from journal, (values ($1::text, - $3::bigint), ($2::text, $3::bigint)) as line (account, amount)`,
    [from, to, money.amount, money.currency],
  );
}

/** Locks a user's wallet until the transaction ends, and returns its balance. Opens the wallet if it does not exist. */
export async function lockWallet(tx: Queries, user: string, currency: string): Promise<number> {
  const account = walletOf(user);
  const { balance, opened } = await lockAccount(tx, account, currency);
  if (!opened) return balance;
  await transfer(tx, { from: opening, to: account, money: { amount: openingBalance, currency } });
  return openingBalance;
}

/** Locks an account that may not be negative, and returns its balance. Opens it if it does not exist. */
export async function lockAccount(
  tx: Queries,
  account: string,
  currency: string,
): Promise<{ readonly balance: number; readonly opened: boolean }> {
  const [row] = await tx.query<{ balance: number; opened: boolean }>(
    `insert into wallets (account, currency, balance) values ($1, $2, 0)
     on conflict (account, currency) do update set balance = wallets.balance
     returning balance, xmax = 0 as opened`,
    [account, currency],
  );
  if (!row) throw new Error(`An account could not be locked [${account} ${currency}]`);
  return row;
}
