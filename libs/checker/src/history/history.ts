import { z } from 'zod';

/** The parts of a history that the checker uses, as `temporal workflow show`, `historyToJSON` or `JSON.stringify` write it. */
const Moment = z
  .union([z.string(), z.object({ seconds: z.coerce.number().default(0), nanos: z.number().default(0) })])
  .transform((time) =>
    typeof time === 'string' ? time : new Date(time.seconds * 1000 + Math.floor(time.nanos / 1e6)).toISOString(),
  );

const Payload = z.object({
  metadata: z.record(z.string(), z.string()).default({}),
  /** Base64. */
  data: z.string().default(''),
});
export type Payload = z.infer<typeof Payload>;

const Payloads = z.object({ payloads: z.array(Payload).default([]) }).default({ payloads: [] });
const Named = z.object({ name: z.string() });
/** Ids of events are 64 bits wide and travel as strings. */
const EventId = z.coerce.string();

const Failure = z.object({
  message: z.string().default(''),
  applicationFailureInfo: z.object({ type: z.string().default('') }).nullish(),
  timeoutFailureInfo: z.object({ timeoutType: z.string().default('') }).nullish(),
  canceledFailureInfo: z.object({}).nullish(),
  get cause() {
    return Failure.nullish();
  },
});
export type Failure = z.infer<typeof Failure>;

const Closed = z.object({ scheduledEventId: EventId, failure: Failure.nullish() });

const UpdateMeta = z.object({ updateId: z.string() }).nullish();

const HistoryEvent = z.object({
  eventTime: Moment,
  workflowExecutionStartedEventAttributes: z
    .object({
      workflowType: Named,
      input: Payloads,
      memo: z.object({ fields: z.record(z.string(), Payload).default({}) }).nullish(),
    })
    .nullish(),
  workflowExecutionCompletedEventAttributes: z.object({ result: Payloads }).nullish(),
  workflowExecutionFailedEventAttributes: z.object({ failure: Failure.nullish() }).nullish(),
  workflowExecutionTimedOutEventAttributes: z.object({}).nullish(),
  workflowExecutionTerminatedEventAttributes: z.object({}).nullish(),
  workflowExecutionCanceledEventAttributes: z.object({}).nullish(),
  workflowExecutionContinuedAsNewEventAttributes: z.object({}).nullish(),
  workflowExecutionCancelRequestedEventAttributes: z.object({}).nullish(),
  workflowExecutionSignaledEventAttributes: z.object({ signalName: z.string(), input: Payloads }).nullish(),
  workflowTaskFailedEventAttributes: z.object({ cause: z.coerce.string() }).nullish(),
  childWorkflowExecutionStartedEventAttributes: z
    .object({ workflowExecution: z.object({ workflowId: z.string() }) })
    .nullish(),
  activityTaskScheduledEventAttributes: z.object({ activityType: Named, input: Payloads }).nullish(),
  activityTaskCancelRequestedEventAttributes: z.object({ scheduledEventId: EventId }).nullish(),
  activityTaskStartedEventAttributes: z.object({ scheduledEventId: EventId, lastFailure: Failure.nullish() }).nullish(),
  activityTaskCompletedEventAttributes: z.object({ scheduledEventId: EventId, result: Payloads }).nullish(),
  activityTaskFailedEventAttributes: Closed.nullish(),
  activityTaskTimedOutEventAttributes: Closed.nullish(),
  activityTaskCanceledEventAttributes: Closed.nullish(),
  markerRecordedEventAttributes: z
    .object({
      markerName: z.string(),
      details: z.record(z.string(), Payloads).default({}),
      failure: Failure.nullish(),
    })
    .nullish(),
  upsertWorkflowSearchAttributesEventAttributes: z
    .object({ searchAttributes: z.object({ indexedFields: z.record(z.string(), Payload).default({}) }) })
    .nullish(),
  workflowExecutionUpdateAcceptedEventAttributes: z
    .object({ acceptedRequest: z.object({ meta: UpdateMeta, input: z.object({ name: z.string(), args: Payloads }) }) })
    .nullish(),
  workflowExecutionUpdateCompletedEventAttributes: z
    .object({
      // Not every server writes the first id, so answers are matched by either.
      acceptedEventId: EventId.nullish(),
      meta: UpdateMeta,
      outcome: z.object({ success: Payloads.nullish(), failure: Failure.nullish() }).nullish(),
    })
    .nullish(),
  eventId: EventId,
});
export type HistoryEvent = z.infer<typeof HistoryEvent>;

export const History = z.object({ events: z.array(HistoryEvent).min(1) });

/** The code of a failure: the type of the first application failure among its causes, or the kind of timeout. */
export function codeOf(failure: Failure | null | undefined): string | null {
  if (!failure) return null;
  if (failure.applicationFailureInfo) return failure.applicationFailureInfo.type || 'unknown-fault';
  return codeOf(failure.cause) ?? (failure.timeoutFailureInfo ? 'step-timeout' : null);
}

/** The server timed out an attempt that a worker had started. */
export function isLostAttempt(failure: Failure | null | undefined): boolean {
  return /START_TO_CLOSE|HEARTBEAT/.test(failure?.timeoutFailureInfo?.timeoutType ?? '');
}
