import type { Money } from '@longhaul/checker';
import type { Queries } from '../../database/queries.ts';

/** What a wallet starts with, in minor units of whatever currency it is first used in. */
const openingBalance = 100_000_000;

export const walletOf = (user: string) => `wallet:${user}`;
export const merchantAccount = (merchant: string) => `merchant:${merchant}`;
export const capturedFares = 'fares:captured';
/** What the card gateway owes us: it took the money, so this side is negative. */
export const cardGateway = 'gateway:paystack';
/** Taken from a merchant for a refund whose end is not known yet. */
export const refundsPending = 'refunds:pending';
const opening = 'equity:opening';

/** One journal: takes `amount` out of one account and puts it into the other. Debits are positive. */
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

/** The balance of a user's wallet, which is opened on first sight. Until the transaction ends, others wait for it. */
export async function lockWallet(tx: Queries, user: string, currency: string): Promise<number> {
  const account = walletOf(user);
  const { balance, opened } = await lockAccount(tx, account, currency);
  if (!opened) return balance;
  await transfer(tx, { from: opening, to: account, money: { amount: openingBalance, currency } });
  return openingBalance;
}

/** An account that may not fall below nothing. It is opened on first sight, with nothing in it. */
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
