import { setTimeout as sleep } from 'node:timers/promises';
import { evidenceOf } from '@longhaul/testing/processes';
import { paystackSecretKey } from '../../../../apps/registry.mjs';

const lookAgainMs = 100;

/** The number of the dispute about a charge. It is on record at the payment service as soon as its run has begun. */
export async function disputeOnRecord(sandbox: string, reference: string, giveUpAt: number): Promise<string> {
  while (Date.now() < giveUpAt) {
    const { journal } = await evidenceOf(sandbox);
    for (const entry of journal) {
      if (entry.effect === 'dispute-opened' && entry.reference === reference) return entry.disputeId;
    }
    await sleep(lookAgainMs);
  }
  throw new Error(`Nobody was told that this charge is disputed [${reference}]`);
}

/** As a person does in Paystack's dashboard. In the sandbox the bank agrees at once. */
export async function declineAtPaystack(sandbox: string, disputeId: string): Promise<void> {
  const answer = await fetch(`${sandbox}/paystack/dispute/${disputeId}/resolve`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${paystackSecretKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      resolution: 'declined',
      message: 'The seat was used',
      refund_amount: 0,
      uploaded_filename: 'manifest.pdf',
    }),
  });
  if (!answer.ok) throw new Error(`The claim was not declined [${disputeId}]: ${answer.status} ${await answer.text()}`);
}
