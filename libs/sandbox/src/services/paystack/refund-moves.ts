import type { Effect, GatewayTransaction } from '@longhaul/checker';
import type { Database, Queries } from '../../database/queries.ts';
import { journalByItself } from '../../every-service/journal.ts';
import { announce } from './gateway-outbox.ts';

export type RefundState = GatewayTransaction['refunds'][number]['status'];

/** When a refund changes its state, in milliseconds after its request. */
const processingAfterMs = 300;
const endedAfterMs = 900;

export interface GatewayRefund {
  readonly id: number;
  readonly reference: string;
  readonly amount: number;
  readonly currency: string;
  readonly askedAt: string;
  readonly ending: RefundState;
  readonly state: RefundState;
}

/** The states that a refund has reached since it was last shown. */
function statesPassed({ askedAt, ending, state }: GatewayRefund, now: string): readonly RefundState[] {
  const agoMs = Date.parse(now) - Date.parse(askedAt);
  const way: readonly RefundState[] = [
    'pending',
    ...(agoMs >= processingAfterMs ? (['processing'] as const) : []),
    ...(agoMs >= endedAfterMs ? [ending] : []),
  ];
  return way.slice(way.indexOf(state) + 1);
}

/**
 * Updates the states of refunds to the present time, and announces each new state once: the refunds of one charge, one refund,
 * or all. Skips rows that another transaction has locked.
 */
export async function moveRefunds(
  tx: Queries,
  now: string,
  only: { readonly reference?: string; readonly id?: number } = {},
): Promise<Effect[]> {
  const underWay = await tx.query<GatewayRefund>(
    `select refund.id, refund.reference, refund.amount, refund.currency, asked_at as "askedAt", ending, state
     from gateway_refunds as refund join gateway_transactions as transaction using (reference)
     where state in ('pending', 'processing')
       and ($1::text is null or refund.reference = $1) and ($2::bigint is null or refund.id = $2)
     order by refund.id for update skip locked`,
    [only.reference ?? null, only.id ?? null],
  );
  const effects: Effect[] = [];
  for (const refund of underWay) {
    for (const state of statesPassed(refund, now)) effects.push(await move(tx, refund, state, now));
  }
  return effects;
}

/** Updates the states of all refunds, and returns the number of changes. */
export async function moveAllRefunds(database: Database, now: string): Promise<number> {
  return database.transaction(async (tx) => {
    const moves = await moveRefunds(tx, now);
    await journalByItself(tx, 'paystack', moves, now);
    return moves.length;
  });
}

async function move(tx: Queries, refund: GatewayRefund, state: RefundState, now: string): Promise<Effect> {
  const { id, reference } = refund;
  await tx.query(`update gateway_refunds set state = $2 where id = $1`, [id, state]);
  await tx.query(
    `update gateway_transactions as transaction set status = 'reversed'
     where reference = $1 and amount = (
       select sum(amount) from gateway_refunds where reference = $1 and state = 'processed')`,
    [reference],
  );
  await announceRefund(tx, { ...refund, state }, now);
  return { effect: 'refund-moved', gatewayRefundId: String(id), reference, state };
}

/** Announces a refund like Paystack: the amount is text, the refund's number is missing, its own reference comes later. */
export async function announceRefund(tx: Queries, refund: GatewayRefund, now: string): Promise<void> {
  const { id, reference, amount, currency, state } = refund;
  const data = {
    status: state,
    transaction_reference: reference,
    refund_reference: state === 'pending' ? null : `TRF${String(id).padStart(9, '0')}`,
    amount: String(amount),
    currency,
    domain: 'test',
  };
  await announce(tx, { event: `refund.${state}`, reference, data }, now);
}
