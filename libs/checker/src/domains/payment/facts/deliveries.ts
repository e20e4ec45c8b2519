import type { RunEvidence } from '../../../evidence.ts';
import { rowsOf, type Row } from '../../../rows.ts';
import type { CallEntry, JournalEntry, SandboxEvidence } from '../../../sandbox-evidence.ts';
import { groupBy } from '../../../values.ts';
import type { MerchantEvent } from '../effects.ts';

/** An event for a merchant from all sides: as it was written, the runs that bring it, and what came of that. */
export interface Delivery {
  readonly eventId: string;
  /** Undefined for one that nobody ever wrote. */
  readonly event: MerchantEvent | undefined;
  readonly run: RunEvidence | undefined;
  /** Begun because the merchant wants it once more. */
  readonly redeliveries: readonly RunEvidence[];
  readonly tries: readonly CallEntry[];
  readonly receipts: readonly Row<'webhook-received'>[];
}

/** Deliveries by the ids of their events. */
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

/** All runs that bring it. */
export const runsOf = ({ run, redeliveries }: Delivery): RunEvidence[] => [...(run ? [run] : []), ...redeliveries];
