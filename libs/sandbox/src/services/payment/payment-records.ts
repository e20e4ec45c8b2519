import type { Money, PaymentRecord } from '@longhaul/checker';
import type { Queries } from '../../database/queries.ts';

export interface NewPayment {
  readonly paymentId: string;
  readonly user: string;
  readonly merchant: string;
  readonly money: Money;
  readonly madeBy?: string | undefined;
}

export interface Payment extends NewPayment {
  readonly state: PaymentRecord['state'];
  readonly reference: string | null;
  readonly reason: string | null;
  /** The run that closed it has refunded its charge. */
  readonly chargeReturned: boolean;
  readonly refunded: Money;
  /** The amount paid and neither refunded nor reserved for a refund, in minor units. */
  readonly left: number;
}

export async function writePayment(
  tx: Queries,
  { paymentId, user, merchant, money, madeBy }: NewPayment,
  state: Payment['state'],
): Promise<void> {
  await tx.query(
    `insert into payments (payment_id, user_id, merchant, amount, currency, state, made_by)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [paymentId, user, merchant, money.amount, money.currency, state, madeBy ?? null],
  );
}

export async function readPayment(tx: Queries, paymentId: string): Promise<Payment | undefined> {
  return findPayment(tx, paymentId, '');
}

/** Until the transaction ends, other changes of the payment wait. */
export async function lockPayment(tx: Queries, paymentId: string): Promise<Payment | undefined> {
  return findPayment(tx, paymentId, 'for update');
}

async function findPayment(tx: Queries, paymentId: string, how: '' | 'for update'): Promise<Payment | undefined> {
  const [row] = await tx.query<
    Omit<Payment, 'money' | 'refunded'> & { amount: number; currency: string; back: number }
  >(
    `select payment_id as "paymentId", user_id as "user", merchant, amount, currency, state, reference, reason, made_by as "madeBy",
       charge_returned as "chargeReturned",
       refunded as back, amount - refunded - reserved as "left"
     from payments where payment_id = $1 ${how}`,
    [paymentId],
  );
  if (!row) return undefined;
  const { amount, currency, back, ...rest } = row;
  return { ...rest, money: { amount, currency }, refunded: { amount: back, currency } };
}

export const sameMoney = (one: Money, other: Money): boolean =>
  one.amount === other.amount && one.currency === other.currency;
