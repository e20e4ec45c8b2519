import { ProcessPayment, type HandleDisputeInput, type ProcessPaymentInput } from '@longhaul/contracts';
import type { Sandbox } from '@longhaul/sandbox';

/** Answers a dispute, like a person in Paystack's dashboard. In the sandbox the bank agrees at once. */
export async function resolveAtPaystack(
  sandbox: Pick<Sandbox, 'urls'>,
  disputeId: string,
  resolution: 'declined' | 'merchant-accepted',
): Promise<void> {
  const answer = await fetch(`${sandbox.urls.paystack}/dispute/${disputeId}/resolve`, {
    method: 'PUT',
    headers: { authorization: 'Bearer sk_test_longhaul', 'content-type': 'application/json' },
    body: JSON.stringify({
      resolution,
      message: 'The seat was used',
      refund_amount: 0,
      uploaded_filename: 'manifest.pdf',
    }),
  });
  if (!answer.ok) throw new Error(`The dispute was not resolved [${disputeId}]: ${await answer.text()}`);
}

/** The dispute that a payer `u-disputes` has opened about a payment. */
export async function disputeOf(
  sandbox: Pick<Sandbox, 'evidence'>,
  payment: ProcessPaymentInput,
): Promise<HandleDisputeInput> {
  const reference = ProcessPayment.id.of(payment);
  const { journal } = await sandbox.evidence();
  for (const entry of journal) {
    if (entry.effect === 'charge-disputed' && entry.reference === reference) {
      return { disputeId: entry.disputeId, reference };
    }
  }
  throw new Error(`The charge has no dispute [${reference}]`);
}
