import type { SandboxCore } from '../../core.ts';
import type { Queries } from '../../database/queries.ts';
import { disputeCharge } from './dispute-records.ts';
import { announce } from './gateway-outbox.ts';
import { shown, type Transaction } from './transactions.ts';

/** Announces a successful charge. Some typed users dispute each of their charges. */
export async function announceCharge(
  { typedValueOf }: SandboxCore,
  tx: Queries,
  transaction: Transaction,
  now: string,
): Promise<void> {
  const { reference, user } = transaction;
  await announce(tx, { event: 'charge.success', reference, data: shown(transaction) }, now);
  if (typedValueOf(user) === 'u-disputes') await disputeCharge(tx, transaction, now);
}
