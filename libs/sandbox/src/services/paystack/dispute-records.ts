import type { Queries } from '../../database/queries.ts';
import { journalByItself } from '../../every-service/journal.ts';
import { announce } from './gateway-outbox.ts';
import { common, type Transaction } from './transactions.ts';

interface GatewayDispute {
  readonly id: number;
  readonly reference: string;
  readonly status: 'awaiting-merchant-feedback' | 'resolved';
  readonly resolution: 'merchant-accepted' | 'declined' | null;
  readonly openedAt: string;
  readonly dueAt: string;
  readonly resolvedAt: string | null;
}

/** Paystack accepts the payer's claim if it is not answered within this time. */
const answerWithinMs = 16 * 3_600_000;

/** The payer disputes the charge at their bank. */
export async function disputeCharge(tx: Queries, transaction: Transaction, now: string): Promise<void> {
  const { reference } = transaction;
  const dueAt = new Date(Date.parse(now) + answerWithinMs).toISOString();
  // Its run is named by its number: one that a sandbox gave before this one began may still be known to Temporal.
  const [opened] = await tx.query<{ id: number }>(
    `insert into gateway_disputes (id, reference, status, opened_at, due_at) overriding system value
     values ($4::bigint * 1000 + nextval(pg_get_serial_sequence('gateway_disputes', 'id')), $1, 'awaiting-merchant-feedback', $2, $3)
     returning id`,
    [reference, now, dueAt, Math.floor(Date.parse(now) / 1_000)],
  );
  const disputeId = String(opened?.id);
  await journalByItself(tx, 'paystack', [{ effect: 'charge-disputed', disputeId, reference, dueAt }], now);
  await announceDispute(tx, 'create', Number(disputeId), now);
}

/** Undefined if there is no such dispute. A resolved dispute does not change, and its event is sent again. */
export async function resolveDispute(
  tx: Queries,
  { id, resolution }: { readonly id: number; readonly resolution: GatewayDispute['resolution'] },
  now: string,
): Promise<string | undefined> {
  const [resolved] = await tx.query<{ reference: string }>(
    `update gateway_disputes set status = 'resolved', resolution = coalesce(resolution, $2),
       resolved_at = coalesce(resolved_at, $3) where id = $1 returning reference`,
    [id, resolution, now],
  );
  if (resolved) await announceDispute(tx, 'resolve', id, now);
  return resolved?.reference;
}

async function announceDispute(tx: Queries, what: 'create' | 'resolve', id: number, now: string): Promise<void> {
  const dispute = await showDispute(tx, id);
  if (!dispute) throw new Error(`The dispute of the event does not exist [${id}]`);
  const { reference } = dispute.transaction;
  await announce(tx, { event: `charge.dispute.${what}`, reference, data: dispute }, now);
}

/** A dispute as in Paystack's events, and as it is read. */
export async function showDispute(tx: Queries, id: number) {
  const [found] = await tx.query<
    GatewayDispute & Omit<Transaction, 'status'> & { transactionId: number; paid: Transaction['status'] }
  >(
    `select dispute.id, dispute.reference, dispute.status, resolution, opened_at as "openedAt", due_at as "dueAt",
       resolved_at as "resolvedAt", charge.id as "transactionId", charge.status as paid, amount, currency, channel, email,
       gateway_response as "gatewayResponse", paid_at as "paidAt"
     from gateway_disputes as dispute join gateway_transactions as charge using (reference) where dispute.id = $1`,
    [id],
  );
  if (!found) return undefined;
  const { transactionId, paid, dueAt, resolvedAt, openedAt, status, resolution, ...charge } = found;
  return {
    ...{ id, refund_amount: charge.amount, currency: charge.currency, status, resolution, domain: 'test' },
    transaction: common({ ...charge, id: transactionId, status: paid }),
    ...{ transaction_reference: null, category: 'chargeback', customer: { email: charge.email }, dueAt, resolvedAt },
    ...{ evidence: null, attachments: null, note: null, history: [], messages: [] },
    ...{ createdAt: openedAt, updatedAt: resolvedAt ?? openedAt },
  };
}

/** As Paystack answers whoever has resolved one: without the charge, and with what they said. */
export async function showResolved(tx: Queries, id: number, said: { message: string; attachments: string }) {
  const dispute = await showDispute(tx, id);
  if (!dispute) throw new Error(`There is no dispute to show [${id}]`);
  const { refund_amount, currency, status, resolution, domain, transaction_reference, category } = dispute;
  const { transaction, customer, note, dueAt, resolvedAt, createdAt, updatedAt } = dispute;
  return {
    ...{ id, refund_amount, currency, status, resolution, domain, transaction_reference, category, note },
    ...{ transaction: transaction.id, attachments: said.attachments },
    message: { dispute: id, sender: customer.email, body: said.message },
    ...{ dueAt, resolvedAt, createdAt, updatedAt },
  };
}
