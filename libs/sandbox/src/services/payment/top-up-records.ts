import type { TopUpRecord } from '@longhaul/checker';
import type { Queries } from '../../database/queries.ts';

interface NewTopUp extends TopUpRecord {
  readonly madeBy?: string | undefined;
}

/** The run that opened it, and whether its charge was refunded. */
export async function originOf(tx: Queries, topUpId: string) {
  const [row] = await tx.query<{ madeBy: string | null; reference: string | null; chargeReturned: boolean }>(
    `select made_by as "madeBy", reference, charge_returned as "chargeReturned" from top_ups left join wallet_credits using (top_up_id)
     where top_up_id = $1`,
    [topUpId],
  );
  return row;
}

export async function writeTopUp(
  tx: Queries,
  { topUpId, user, money, state, openedAt, madeBy }: NewTopUp,
): Promise<void> {
  await tx.query(
    `insert into top_ups (top_up_id, user_id, amount, currency, state, opened_at, made_by)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [topUpId, user, money.amount, money.currency, state, openedAt, madeBy ?? null],
  );
}

export async function readTopUp(tx: Queries, topUpId: string): Promise<TopUpRecord | undefined> {
  return findTopUp(tx, topUpId, '');
}

/** Until the transaction ends, other changes of the top-up wait. */
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

/** Records that the run that closed it has refunded its charge. */
export async function setChargeReturned(tx: Queries, topUpId: string): Promise<void> {
  await tx.query(`update top_ups set charge_returned = true where top_up_id = $1`, [topUpId]);
}
