import { chargeReference } from '@longhaul/contracts';
import { leftToPeople } from '../../../everywhere/run-state.ts';
import type { RunEvidence } from '../../../evidence.ts';
import { rowsOf, type Row } from '../../../rows.ts';
import type { JournalEntry, SandboxEvidence } from '../../../sandbox-evidence.ts';
import { groupBy, sum, type Money } from '../../../values.ts';
import type { GatewayTransaction, PaymentRecord } from '../effects.ts';

/** A charge at the card gateway from all sides: what it took, what was given for it, and who answers for it. */
export interface Charge {
  readonly reference: string;
  /** The run that made it. */
  readonly workflowId: string;
  readonly transaction: GatewayTransaction;
  /** Null when nothing was taken. */
  readonly taken: Money | null;
  /** The payment that is completed with it. */
  readonly completes: PaymentRecord | undefined;
  /** What was put into wallets for it. */
  readonly credits: readonly Row<'wallet-credited'>[];
  /** The run that was begun because its money came when nobody waited for it any more. */
  readonly late: RunEvidence | undefined;
  /** A run that answers for it is not at its end, or a person did a part of its work. */
  readonly excused: boolean;
}

/** Charges by their references. */
export function chargesIn(
  { gatewayTransactions, payments }: SandboxEvidence,
  journal: readonly JournalEntry[],
  runs: ReadonlyMap<string, readonly RunEvidence[]>,
): Map<string, Charge> {
  const completed = new Map(
    payments.filter(({ state }) => state === 'completed').map((each) => [each.reference, each]),
  );
  const credits = groupBy(rowsOf({ journal }, 'wallet-credited'), ({ reference }) => reference);
  return new Map(
    gatewayTransactions.map((transaction) => {
      const { reference, money, status } = transaction;
      const workflowId = chargeReference.runOf(reference);
      const late = runs.get(`late-${reference}`)?.at(-1);
      const charge: Charge = {
        reference,
        workflowId,
        transaction,
        taken: status === 'success' || status === 'reversed' ? money : null,
        completes: completed.get(reference),
        credits: credits.get(reference) ?? [],
        late,
        excused: leftToPeople(runs.get(workflowId)?.at(-1)) || leftToPeople(late),
      };
      return [reference, charge];
    }),
  );
}

/** What went back to the payer for good, in minor units. */
export function goneBack({ transaction }: Charge): number {
  const processed = transaction.refunds.filter(({ status }) => status === 'processed');
  return sum(processed.map(({ money }) => money.amount));
}
