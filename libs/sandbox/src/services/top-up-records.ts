import type { Queries } from '../database/database.ts';
import type { TopUpRecord } from '../payment-effects.ts';

export async function writeTopUp(tx: Queries, { topUpId, user, money, state, openedAt }: TopUpRecord): Promise<void> {
  await tx.query(
    `insert into top_ups (top_up_id, user_id, amount, currency, state, opened_at) values ($1, $2, $3, $4, $5, $6)`,
    [topUpId, user, money.amount, money.currency, state, openedAt],
  );
}

export async function readTopUp(tx: Queries, topUpId: string): Promise<TopUpRecord | undefined> {
  return findTopUp(tx, topUpId, '');
}

/** Until the transaction ends, others who want to change the top-up wait. */
export async function lockTopUp(tx: Queries, topUpId: string): Promise<TopUpRecord | undefined> {
  return findTopUp(tx, topUpId, 'for update');
}

async function findTopUp(tx: Queries, topUpId: string, how: '' | 'for update'): Promise<TopUpRecord | undefined> {
  const [row] = await tx.query<Omit<TopUpRecord, 'money'> & { amount: number; currency: string }>(
    `select top_up_id as "topUpId", user_id as "user", amount, currency, state, opened_at as "openedAt"
     from top_ups where top_up_id = $1 ${how}`,
    [topUpId],
  );
  if (!row) return undefined;
  const { amount, currency, ...rest } = row;
  return { ...rest, money: { amount, currency } };
}

export async function setTopUpState(tx: Queries, topUpId: string, state: TopUpRecord['state']): Promise<void> {
  await tx.query(`update top_ups set state = $2 where top_up_id = $1`, [topUpId, state]);
}
