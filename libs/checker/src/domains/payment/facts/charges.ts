import { chargeReference } from '@longhaul/contracts';
import { leftToPeople } from '../../../everywhere/run-state.ts';
import type { RunEvidence } from '../../../evidence.ts';
import { rowsOf, type Row } from '../../../rows.ts';
import type { JournalEntry, SandboxEvidence } from '../../../sandbox-evidence.ts';
import { groupBy, sum, type Money } from '../../../values.ts';
import type { GatewayTransaction, PaymentRecord } from '../effects.ts';

/** Everything about one charge at the card gateway: the amount taken, what was given for it, and its runs. */
export interface Charge {
  readonly reference: string;
  /** The run that made it. */
  readonly workflowId: string;
  readonly transaction: GatewayTransaction;
  /** Null if nothing was taken. */
  readonly taken: Money | null;
  /** The payment that was completed with it. */
  readonly completes: PaymentRecord | undefined;
  /** Wallet credits for it. */
  readonly credits: readonly Row<'wallet-credited'>[];
  /** The run that settles it, if it was paid after its top-up had ended. */
  readonly late: RunEvidence | undefined;
  /** One of its runs has not ended, or a person did a part of the work. */
  readonly excused: boolean;
}

/** Charges by reference. */
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

/** The sum of its processed refunds, in minor units. */
export function goneBack({ transaction }: Charge): number {
  const processed = transaction.refunds.filter(({ status }) => status === 'processed');
  return sum(processed.map(({ money }) => money.amount));
}
