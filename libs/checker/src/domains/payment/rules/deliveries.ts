import { z } from 'zod';
import { isParked, leftToPeople } from '../../../everywhere/run-state.ts';
import type { RunEvidence } from '../../../evidence.ts';
import { rowsOf } from '../../../rows.ts';
import type { Invariant } from '../../../rule.ts';
import type { Facts } from '../facts.ts';
import { runsOf, type Delivery } from '../facts/deliveries.ts';

const undeliverable = 'webhook-undeliverable';

export const deliveryRules: readonly Invariant<Facts>[] = [
  {
    id: 'payment 11',
    says: 'The outcome of a payment or refund is delivered to its merchant, or the owner of the endpoint is told why not.',
    find: (facts) => [
      ...toBeTold(facts).flatMap((run) => untold(facts, run)),
      ...[...facts.deliveries.values()].flatMap((delivery) =>
        runsOf(delivery).flatMap((run) => undelivered(facts, delivery, run)),
      ),
    ],
  },
];

interface Ended {
  readonly run: RunEvidence;
  readonly eventId: string | null | undefined;
  /** False if the run ended before it did anything, so that there is nothing to report. */
  readonly owesEvent: boolean;
}

function toBeTold({ payments }: Facts): Ended[] {
  return [...payments.values()].flatMap(({ run, outcome, excused, refunds }) => [
    ...(run && outcome ? [{ run, eventId: outcome.eventId, owesEvent: !excused }] : []),
    ...refunds.flatMap((refund) => {
      if (!refund.run || !refund.outcome) return [];
      const { status, reason, eventId } = refund.outcome;
      const begun = status === 'refunded' || reason === 'refused-by-gateway';
      return [{ run: refund.run, eventId, owesEvent: begun && !refund.excused }];
    }),
  ]);
}

function untold({ deliveries }: Facts, { run: { workflowId }, eventId, owesEvent }: Ended): string[] {
  if (!eventId) return owesEvent ? [`${workflowId} ended, and its merchant is not told`] : [];
  const delivery = deliveries.get(eventId);
  if (!delivery?.event) return [`${workflowId} names the event ${eventId}, which was never written`];
  return delivery.run ? [] : [`${workflowId} names the event ${eventId}, which no run delivers`];
}

const Input = z.object({ merchant: z.string() });
const Outcome = z.object({ status: z.string() });

function undelivered(facts: Facts, { eventId, event, tries, receipts }: Delivery, run: RunEvidence): string[] {
  const { workflowId, type } = run;
  const merchant = Input.safeParse(run.input).data?.merchant ?? event?.merchant ?? 'nobody';
  const isTheirs = event?.merchant === merchant;
  const status = Outcome.safeParse(run.outcome).data?.status;
  if (status === 'no-such-event') {
    // A merchant that requests a redelivery of another merchant's event is told that there is no such event.
    return isTheirs || type === 'deliverWebhook' ? [`${workflowId} found no event ${eventId} of ${merchant}`] : [];
  }
  if (status === 'delivered') {
    const arrived = receipts.some((receipt) => receipt.valid && receipt.merchant === merchant);
    return isTheirs && arrived ? [] : [`${workflowId} is delivered, and ${merchant} has no valid ${eventId}`];
  }
  if (status === 'no-endpoint' && tries.length > 0 && !leftToPeople(run)) {
    return ownerNotTold(facts, run, merchant, 'disabled');
  }
  const gaveUp = isParked(run) && run.attention.some(({ code, settled }) => code === undeliverable && !settled);
  return gaveUp ? ownerNotTold(facts, run, merchant, 'failing') : [];
}

/** A disabled endpoint need not be marked as failing. */
function ownerNotTold(facts: Facts, run: RunEvidence, merchant: string, state: 'failing' | 'disabled'): string[] {
  const marked = rowsOf(facts, 'endpoint-marked').some(
    (row) => row.merchant === merchant && (row.state === state || row.state === 'disabled'),
  );
  const told = rowsOf(facts, 'notice-sent').some(
    ({ user, template }) => user === merchant && template === 'webhook-failing',
  );
  // The notice to the owner is given up after a day.
  const inVain = run.steps.some((step) => step.step === 'tellMerchant' && step.state !== 'completed');
  return [
    ...(marked ? [] : [`${run.workflowId} gave up, and the endpoint of ${merchant} is not marked as ${state}`]),
    ...(told || inVain ? [] : [`${run.workflowId} gave up, and ${merchant} was never told`]),
  ];
}
