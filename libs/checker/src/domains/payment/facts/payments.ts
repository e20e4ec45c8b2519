import { z } from 'zod';
import { hasEnded, leftToPeople } from '../../../everywhere/run-state.ts';
import type { RunEvidence } from '../../../evidence.ts';
import type { SandboxEvidence } from '../../../sandbox-evidence.ts';
import { groupBy, Money } from '../../../values.ts';
import type { PaymentRecord } from '../effects.ts';
import type { Charge } from './charges.ts';

const PaymentInput = z.object({ user: z.string(), merchant: z.string(), money: Money });

const PaymentOutcome = z.object({
  status: z.string(),
  reference: z.string().optional(),
  money: Money.optional(),
  refunded: Money.nullish(),
  eventId: z.string().nullish(),
});

const RefundOutcome = z.object({
  status: z.string(),
  reason: z.string().optional(),
  refunded: Money.optional(),
  gatewayRefundId: z.string().optional(),
  eventId: z.string().nullish(),
});

/** Everything about one payment to a merchant: its run, its record, its charges and its refunds. */
export interface Payment {
  readonly paymentId: string;
  /** Undefined for a record without a run. */
  readonly run: RunEvidence | undefined;
  readonly input: z.infer<typeof PaymentInput> | undefined;
  /** Undefined while the run goes on, and if it ended without an outcome. */
  readonly outcome: z.infer<typeof PaymentOutcome> | undefined;
  readonly record: PaymentRecord | undefined;
  readonly charges: readonly Charge[];
  readonly refunds: readonly Refund[];
  readonly ended: boolean;
  /** The run has not ended, or a person did a part of its work: missing effects are not violations. */
  readonly excused: boolean;
}

export interface Refund {
  readonly refundId: string;
  readonly run: RunEvidence | undefined;
  readonly outcome: z.infer<typeof RefundOutcome> | undefined;
  readonly record: PaymentRecord['refunds'][number] | undefined;
  readonly excused: boolean;
}

/** Payments by id: every id with a run, a record or a refund. */
export function paymentsIn(
  { payments }: SandboxEvidence,
  runs: readonly RunEvidence[],
  charges: ReadonlyMap<string, Charge>,
): Map<string, Payment> {
  const records = new Map(payments.map((record) => [record.paymentId, record]));
  const processing = new Map(
    runs.filter(({ type }) => type === 'processPayment').map((run) => [run.workflowId.replace(/^payment-/, ''), run]),
  );
  const refunding = groupBy(
    runs.filter(({ type }) => type === 'refundPayment'),
    ({ workflowId }) => idsOfRefund(workflowId)?.paymentId,
  );
  const byRun = groupBy([...charges.values()], ({ workflowId }) => workflowId);
  const ids = new Set([...processing.keys(), ...records.keys(), ...refunding.keys()]);
  return new Map(
    [...ids].map((paymentId) => {
      const run = processing.get(paymentId);
      const record = records.get(paymentId);
      const payment: Payment = {
        paymentId,
        run,
        input: PaymentInput.safeParse(run?.input).data,
        outcome: PaymentOutcome.safeParse(run?.outcome).data,
        record,
        charges: byRun.get(`payment-${paymentId}`) ?? [],
        refunds: refundsOf(record, refunding.get(paymentId) ?? []),
        ended: hasEnded(run),
        excused: leftToPeople(run),
      };
      return [paymentId, payment];
    }),
  );
}

function refundsOf(record: PaymentRecord | undefined, runs: readonly RunEvidence[]): Refund[] {
  const recorded = new Map((record?.refunds ?? []).map((refund) => [refund.refundId, refund]));
  const running = new Map(runs.map((run) => [idsOfRefund(run.workflowId)?.refundId ?? '', run]));
  return [...new Set([...recorded.keys(), ...running.keys()])].map((refundId) => {
    const run = running.get(refundId);
    return {
      refundId,
      run,
      outcome: RefundOutcome.safeParse(run?.outcome).data,
      record: recorded.get(refundId),
      excused: leftToPeople(run),
    };
  });
}

function idsOfRefund(workflowId: string): { paymentId: string; refundId: string } | undefined {
  const [, paymentId, refundId] = /^refund-(.+)-([A-Za-z0-9]+)$/.exec(workflowId) ?? [];
  return paymentId && refundId ? { paymentId, refundId } : undefined;
}
