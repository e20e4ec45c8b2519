import { z } from 'zod';
import type { RunEvidence, RunStatusName, UpdateTrace } from '../evidence.ts';
import { codeOf, History, type HistoryEvent } from './history.ts';
import { readRaw, valueOf } from './payloads.ts';
import { attentionOf } from './run-attention.ts';
import { stepsOf } from './run-steps.ts';

/** The ids of a run, which its history does not contain. */
export interface RunDescription {
  readonly workflowId: string;
  readonly runId: string;
}

/**
 * Extracts the evidence from the history of a run, given as plain JSON: the output of `temporal workflow show --output json`
 * or of the SDK's `historyToJSON`, or a fetched history through `JSON.parse(JSON.stringify(…))`.
 */
export function runEvidence(history: unknown, { workflowId, runId }: RunDescription): RunEvidence {
  const parsed = History.safeParse(history);
  if (!parsed.success) {
    throw new TypeError(
      `The history cannot be read [workflow: ${workflowId}, run: ${runId}]: ${z.prettifyError(parsed.error)}`,
      { cause: parsed.error },
    );
  }
  const { events } = parsed.data;
  const started = events[0]?.workflowExecutionStartedEventAttributes;
  if (!started) throw new TypeError(`The history does not begin with a start [workflow: ${workflowId}, run: ${runId}]`);
  const last = <Name extends keyof HistoryEvent>(name: Name) => events.findLast((event) => event[name])?.[name];

  return {
    workflowId,
    runId,
    type: started.workflowType.name,
    status: statusOf(events),
    startedAt: events[0]!.eventTime,
    input: valueOf(started.input.payloads[0]),
    outcome: valueOf(last('workflowExecutionCompletedEventAttributes')?.result.payloads[0]),
    failureCode: codeOf(last('workflowExecutionFailedEventAttributes')?.failure),
    memo: Object.fromEntries(
      Object.entries(started.memo?.fields ?? {}).map(([name, payload]) => [name, valueOf(payload)]),
    ),
    steps: stepsOf(events),
    children: events.flatMap(
      (event) => event.childWorkflowExecutionStartedEventAttributes?.workflowExecution.workflowId ?? [],
    ),
    attention: attentionOf(events),
    updates: updatesOf(events),
    signals: events.flatMap((event) => event.workflowExecutionSignaledEventAttributes?.signalName ?? []),
    cancelRequested: events.some((event) => event.workflowExecutionCancelRequestedEventAttributes),
    taskFailures: events.flatMap((event) => event.workflowTaskFailedEventAttributes?.cause ?? []),
    eventCount: events.length,
    ...readRaw(history),
  };
}

const endings: readonly (readonly [keyof HistoryEvent, RunStatusName])[] = [
  ['workflowExecutionCompletedEventAttributes', 'completed'],
  ['workflowExecutionFailedEventAttributes', 'failed'],
  ['workflowExecutionTimedOutEventAttributes', 'timed-out'],
  ['workflowExecutionTerminatedEventAttributes', 'terminated'],
  ['workflowExecutionCanceledEventAttributes', 'cancelled'],
  ['workflowExecutionContinuedAsNewEventAttributes', 'continued-as-new'],
];

function statusOf(events: readonly HistoryEvent[]): RunStatusName {
  return endings.find(([name]) => events.some((event) => event[name]))?.[1] ?? 'running';
}

function updatesOf(events: readonly HistoryEvent[]): UpdateTrace[] {
  return events.flatMap(({ eventId, workflowExecutionUpdateAcceptedEventAttributes: accepted }) => {
    if (!accepted) return [];
    const { meta, input } = accepted.acceptedRequest;
    const { name, args } = input;
    const completed = events
      .map((event) => event.workflowExecutionUpdateCompletedEventAttributes)
      .find((end) => end && (end.acceptedEventId === eventId || (meta && end.meta?.updateId === meta.updateId)));
    const answer = valueOf(completed?.outcome?.success?.payloads[0]);
    return [{ name, input: valueOf(args.payloads[0]), answer }];
  });
}
