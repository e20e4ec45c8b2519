import { HandleDispute, RefundPayment } from '@longhaul/contracts';
import { readKey } from '../../../everywhere/keys.ts';
import { rowsOf } from '../../../rows.ts';
import type { Invariant } from '../../../rule.ts';
import type { Facts } from '../facts.ts';

export const disputeRules: readonly Invariant<Facts>[] = [
  {
    id: 'payment 21',
    says: 'One charge is refunded by one run, however many webhooks report it.',
    find: ({ sandbox }) =>
      sandbox.gatewayTransactions.flatMap(({ reference, refunds }) => {
        const notes = refunds.flatMap(({ status, note }) => (status === 'failed' || note === null ? [] : [note]));
        // A merchant may refund a payment in parts, and each part has its own run.
        const runs = notes.flatMap((note) => readKey(note)?.workflowId ?? []);
        const owners = new Set(runs.filter((run) => RefundPayment.id.parse(run) === undefined));
        return owners.size > 1 ? [`${reference} is given back by ${[...owners].join(' and ')}`] : [];
      }),
  },
  {
    id: 'payment 22',
    says: 'A disputed charge is not refunded, and a person is asked to answer the bank.',
    find: (facts) => [...refundedAllTheSame(facts), ...untold(facts)],
  },
];

function refundedAllTheSame(facts: Facts): string[] {
  const won = rowsOf(facts, 'dispute-closed').filter(({ state }) => state === 'won');
  const opened = rowsOf(facts, 'dispute-opened');
  return rowsOf(facts, 'card-refunded').flatMap(({ reference, seq }) =>
    opened
      .filter((dispute) => dispute.reference === reference && dispute.seq < seq)
      .filter(({ disputeId }) => !won.some((closed) => closed.disputeId === disputeId && closed.seq < seq))
      .map(({ disputeId }) => `${reference} was refunded, and dispute ${disputeId} about it was not won`),
  );
}

function untold(facts: Facts): string[] {
  const resolved = new Set(rowsOf(facts, 'charge-dispute-resolved').map(({ disputeId }) => disputeId));
  return rowsOf(facts, 'charge-disputed')
    .filter(({ disputeId }) => !resolved.has(disputeId))
    .filter((dispute) => !facts.runs.get(HandleDispute.id.of(dispute))?.some(({ attention }) => attention.length > 0))
    .map(({ disputeId, dueAt }) => `nobody was asked to answer dispute ${disputeId} by ${dueAt}`);
}
