import { z } from 'zod';
import type { AttentionTrace } from '../evidence.ts';
import type { HistoryEvent } from './history.ts';
import { valueOf } from './payloads.ts';
import { stepsOf } from './run-steps.ts';

const codeAttribute = 'LonghaulAttention';
const ownerAttribute = 'LonghaulAttentionOwner';

const SettledByHand = z.object({ action: z.literal('settled') });

/** Every time that the run raised attention, according to the search attributes that it set and unset. */
export function attentionOf(events: readonly HistoryEvent[]): AttentionTrace[] {
  const found: AttentionTrace[] = [];
  events.forEach((event, position) => {
    const fields = event.upsertWorkflowSearchAttributesEventAttributes?.searchAttributes.indexedFields;
    if (!fields || !(codeAttribute in fields)) return;
    const code = valueOf(fields[codeAttribute]);
    if (typeof code === 'string') {
      const owner = valueOf(fields[ownerAttribute]);
      found.push({
        code,
        owner: typeof owner === 'string' ? owner : null,
        ...faultBefore(events.slice(0, position), event),
        settled: false,
        settledByHand: false,
      });
    } else {
      const open = found.findLastIndex(({ settled }) => !settled);
      const settledByHand = wasSettledByHand(events.slice(0, position));
      if (open >= 0) found[open] = { ...found[open]!, settled: true, settledByHand };
    }
  });
  return found;
}

function faultBefore(before: readonly HistoryEvent[], raised: HistoryEvent) {
  const last = before.findLast(
    (event) => event.activityTaskCompletedEventAttributes ?? event.markerRecordedEventAttributes ?? isFault(event),
  );
  // If the run continued after its last fault, the attention has another reason: an answer, or its patience has run out.
  const fault = last && isFault(last) ? last : undefined;
  const step = stepsOf(before).findLast(({ state }) => state === 'failed' || state === 'timed-out')?.step ?? null;
  const raisedAfterMs = fault ? Date.parse(raised.eventTime) - Date.parse(fault.eventTime) : null;
  return { step, raisedAfterMs };
}

function isFault(event: HistoryEvent): boolean {
  return Boolean(
    event.activityTaskFailedEventAttributes ??
    event.activityTaskTimedOutEventAttributes ??
    event.markerRecordedEventAttributes?.failure,
  );
}

/** Whether the latest `resolve` before this event said `settled`. */
function wasSettledByHand(before: readonly HistoryEvent[]): boolean {
  const resolved = before.map(saidBy).findLast((said) => said?.name === 'resolve');
  return SettledByHand.safeParse(valueOf(resolved?.args.payloads[0])).success;
}

function saidBy({
  workflowExecutionUpdateAcceptedEventAttributes: accepted,
  workflowExecutionSignaledEventAttributes: signaled,
}: HistoryEvent) {
  return accepted?.acceptedRequest.input ?? (signaled && { name: signaled.signalName, args: signaled.input });
}
