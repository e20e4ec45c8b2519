import type { GatewayTransaction, SandboxEvidence } from '@longhaul/checker';
import type { Queries } from '../../database/queries.ts';
import { withMoney, type Amounts } from '../../every-service/amounts.ts';

export async function gather(tx: Queries): Promise<Pick<SandboxEvidence, 'gatewayTransactions'>> {
  return { gatewayTransactions: await gatewayTransactions(tx) };
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
