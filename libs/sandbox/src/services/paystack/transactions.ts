import type { GatewayTransaction } from '@longhaul/checker';
import type { Queries } from '../../database/queries.ts';

export interface Transaction {
  readonly id: number;
  readonly reference: string;
  readonly accessCode: string | null;
  readonly user: string;
  readonly email: string;
  readonly requestedAmount: number;
  readonly amount: number;
  readonly currency: string;
  readonly status: GatewayTransaction['status'];
  readonly gatewayResponse: string;
  readonly channel: string;
  readonly paidAt: string | null;
  readonly metadata: unknown;
}

export type NewTransaction = Omit<Transaction, 'id' | 'requestedAmount'>;

const columns = `id, reference, access_code as "accessCode", user_id as "user", email,
  requested_amount as "requestedAmount", amount, currency, status, gateway_response as "gatewayResponse", channel,
  paid_at as "paidAt", metadata`;

/** Undefined if the reference is in use. */
export async function writeTransaction(tx: Queries, wanted: NewTransaction): Promise<Transaction | undefined> {
  const [written] = await tx.query<Transaction>(
    `insert into gateway_transactions (reference, access_code, user_id, email, requested_amount, amount, currency, status,
       gateway_response, channel, paid_at, metadata)
     values ($1, $2, $3, $4, $5, $5, $6, $7, $8, $9, $10, $11::jsonb)
     on conflict (reference) do nothing returning ${columns}`,
    [
      wanted.reference,
      wanted.accessCode,
      wanted.user,
      wanted.email,
      wanted.amount,
      wanted.currency,
      wanted.status,
      wanted.gatewayResponse,
      wanted.channel,
      wanted.paidAt,
      JSON.stringify(wanted.metadata ?? null),
    ],
  );
  return written;
}

/** Locks a transaction of the gateway until the database transaction ends. */
export async function lockTransaction(
  tx: Queries,
  by: { readonly reference: string } | { readonly accessCode: string },
): Promise<Transaction | undefined> {
  const [column, value] = 'reference' in by ? ['reference', by.reference] : ['access_code', by.accessCode];
  const [found] = await tx.query<Transaction>(
    `select ${columns} from gateway_transactions where ${column} = $1 for update`,
    [value],
  );
  return found;
}

/** Counts the look-ups of a transaction: a slow bank decides after some of them. */
export async function lookAt(tx: Queries, reference: string): Promise<number> {
  const [row] = await tx.query<{ times: number }>(
    `update gateway_transactions set looked_at = looked_at + 1 where reference = $1 returning looked_at as times`,
    [reference],
  );
  return row?.times ?? 0;
}

export async function succeed(tx: Queries, reference: string, amount: number, now: string): Promise<Transaction> {
  const [paid] = await tx.query<Transaction>(
    `update gateway_transactions set status = 'success', gateway_response = 'Successful', amount = $2, paid_at = $3
     where reference = $1 returning ${columns}`,
    [reference, amount, now],
  );
  if (!paid) throw new Error(`The transaction to pay does not exist [${reference}]`);
  return paid;
}

/** A transaction as in the answer of `verify` and in events. */
export function shown(transaction: Transaction) {
  const { requestedAmount, paidAt, metadata } = transaction;
  return { ...common(transaction), requested_amount: requestedAmount, paid_at: paidAt, metadata: metadata ?? '' };
}

/** A transaction as in the answer to a charge: with metadata as text, and without the time of payment. */
export function shownCharge(transaction: Transaction, now: string) {
  const { metadata } = transaction;
  return {
    ...common(transaction),
    transaction_date: now,
    metadata: metadata === null || typeof metadata === 'string' ? (metadata ?? '') : JSON.stringify(metadata),
  };
}

type Shown = Omit<Transaction, 'accessCode' | 'user' | 'requestedAmount' | 'metadata'>;

export function common({ id, status, reference, amount, currency, gatewayResponse, channel, paidAt, email }: Shown) {
  return {
    ...{ id, domain: 'test', status, reference, amount, currency, gateway_response: gatewayResponse, channel },
    // Paystack's fee of a successful charge.
    fees: paidAt === null ? null : Math.round(amount * 0.015),
    customer: { email },
  };
}
