import { createHash } from 'node:crypto';
import type { Queries } from './database/database.ts';
import type { Money, SandboxEvidence } from './evidence.ts';
import type { GatewayTransaction, MerchantEvent, PaymentRecord, TopUpRecord } from './payment-effects.ts';

type PaymentsEvidence = Pick<
  SandboxEvidence,
  'payments' | 'topUps' | 'gatewayTransactions' | 'merchantEvents' | 'endpoints' | 'ledgerChain'
>;

/** What is left of payments, top-ups and what was told of them, and what the card gateway has. */
export async function gatherPayments(tx: Queries): Promise<PaymentsEvidence> {
  return {
    payments: await payments(tx),
    topUps: withMoney(
      await tx.query<Amounts & Omit<TopUpRecord, 'money'>>(
        `select top_up_id as "topUpId", user_id as "user", amount, currency, state, opened_at as "openedAt"
         from top_ups order by top_up_id`,
      ),
    ),
    gatewayTransactions: await gatewayTransactions(tx),
    merchantEvents: await merchantEvents(tx),
    endpoints: await tx.query<SandboxEvidence['endpoints'][number]>(
      `select merchant, state from merchant_endpoints order by merchant`,
    ),
    ledgerChain: await tx.query<SandboxEvidence['ledgerChain'][number]>(
      `select journal_id as "journalId", hash from ledger_chain order by place`,
    ),
  };
}

interface Amounts {
  readonly amount: number;
  readonly currency: string;
}

function withMoney<Row extends Amounts>(rows: readonly Row[]): (Omit<Row, 'amount' | 'currency'> & { money: Money })[] {
  return rows.map(({ amount, currency, ...rest }) => ({ ...rest, money: { amount, currency } }));
}

async function payments(tx: Queries): Promise<PaymentRecord[]> {
  const rows = await tx.query<Amounts & Omit<PaymentRecord, 'money'>>(
    `select payment_id as "paymentId", user_id as "user", merchant, amount, currency, state, reference, coalesce(
       (select jsonb_agg(jsonb_build_object('refundId', refund_id, 'money',
          jsonb_build_object('amount', refund.amount, 'currency', payments.currency), 'state', refund.state,
          'gatewayRefundId', gateway_refund_id) order by refund_id)
        from payment_refunds as refund where refund.payment_id = payments.payment_id), '[]') as refunds
     from payments order by payment_id`,
  );
  return withMoney(rows);
}

async function gatewayTransactions(tx: Queries): Promise<GatewayTransaction[]> {
  const rows = await tx.query<Amounts & Omit<GatewayTransaction, 'money'>>(
    `select reference, user_id as "user", amount, currency, status, coalesce(
       (select jsonb_agg(jsonb_build_object('id', refund.id::text, 'money',
          jsonb_build_object('amount', refund.amount, 'currency', refund.currency), 'status', refund.state,
          'note', merchant_note) order by refund.id)
        from gateway_refunds as refund where refund.reference = charge.reference), '[]') as refunds
     from gateway_transactions as charge order by id`,
  );
  return withMoney(rows);
}

async function merchantEvents(tx: Queries): Promise<MerchantEvent[]> {
  const events = await tx.query<Omit<MerchantEvent, 'bodyDigest'> & { body: string }>(
    `select event_id as "eventId", merchant, payment_id as "paymentId", sequence, type, body
     from merchant_events order by payment_id, sequence`,
  );
  return events.map(({ body, ...event }) => ({
    ...event,
    bodyDigest: createHash('sha256').update(body).digest('hex'),
  }));
}
