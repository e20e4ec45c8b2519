import { createHash } from 'node:crypto';
import type { LedgerLine, MerchantEvent, PaymentRecord, SandboxEvidence, TopUpRecord } from '@longhaul/checker';
import type { Queries } from '../../database/queries.ts';
import { withMoney, type Amounts } from '../../every-service/amounts.ts';

type PaymentsEvidence = Pick<
  SandboxEvidence,
  'ledger' | 'ledgerChain' | 'payments' | 'topUps' | 'merchantEvents' | 'endpoints'
>;

/** The ledger, payments, top-ups, endpoints and events. */
export async function gather(tx: Queries): Promise<PaymentsEvidence> {
  return {
    ledger: await tx.query<LedgerLine>(
      `select journal_id as "journalId", account, amount, currency from ledger_lines order by id`,
    ),
    payments: await payments(tx),
    topUps: withMoney(
      await tx.query<Amounts & Omit<TopUpRecord, 'money'>>(
        `select top_up_id as "topUpId", user_id as "user", amount, currency, state, opened_at as "openedAt"
         from top_ups order by top_up_id`,
      ),
    ),
    merchantEvents: await merchantEvents(tx),
    endpoints: await tx.query<SandboxEvidence['endpoints'][number]>(
      `select merchant, state from merchant_endpoints order by merchant`,
    ),
    ledgerChain: await tx.query<SandboxEvidence['ledgerChain'][number]>(
      `select journal_id as "journalId", hash from ledger_chain order by place`,
    ),
  };
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
