import type { RunEvidence } from '../../../evidence.ts';
import { rowsOf, type Row } from '../../../rows.ts';
import type { CallEntry, JournalEntry, SandboxEvidence } from '../../../sandbox-evidence.ts';
import { groupBy } from '../../../values.ts';
import type { MerchantEvent } from '../effects.ts';

/** Everything about one event for a merchant: the event as written, the runs that deliver it, the tries and receipts. */
export interface Delivery {
  readonly eventId: string;
  /** Undefined if the event was never written. */
  readonly event: MerchantEvent | undefined;
  readonly run: RunEvidence | undefined;
  /** Runs that deliver it again, at the merchant's request. */
  readonly redeliveries: readonly RunEvidence[];
  readonly tries: readonly CallEntry[];
  readonly receipts: readonly Row<'webhook-received'>[];
}

/** Deliveries by event id. */
export function deliveriesIn(
  { merchantEvents, calls }: SandboxEvidence,
  journal: readonly JournalEntry[],
  runs: readonly RunEvidence[],
): Map<string, Delivery> {
  const events = new Map(merchantEvents.map((event) => [event.eventId, event]));
  const running = groupBy(
    runs.filter(({ type }) => type === 'deliverWebhook' || type === 'redeliverWebhook'),
    ({ workflowId }) => /^webhook-([^.]+)/.exec(workflowId)?.[1],
  );
  const tries = groupBy(
    calls.filter(({ service }) => service === 'merchant'),
    ({ key }) => key,
  );
  const receipts = groupBy(rowsOf({ journal }, 'webhook-received'), ({ eventId }) => eventId);
  const ids = new Set([...events.keys(), ...running.keys(), ...tries.keys(), ...receipts.keys()]);
  return new Map(
    [...ids].map((eventId) => {
      const ofEvent = running.get(eventId) ?? [];
      const delivery: Delivery = {
        eventId,
        event: events.get(eventId),
        run: ofEvent.find(({ type }) => type === 'deliverWebhook'),
        redeliveries: ofEvent.filter(({ type }) => type === 'redeliverWebhook'),
        tries: tries.get(eventId) ?? [],
        receipts: receipts.get(eventId) ?? [],
      };
      return [eventId, delivery];
    }),
  );
}

/** All runs that deliver the event. */
export const runsOf = ({ run, redeliveries }: Delivery): RunEvidence[] => [...(run ? [run] : []), ...redeliveries];
