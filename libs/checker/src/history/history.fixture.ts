/** A history as `temporal workflow show --output json` writes it, event by event; the shapes are those of server 1.29. */
const json = (value: unknown) => ({
  metadata: { encoding: base64('json/plain') },
  data: base64(JSON.stringify(value)),
});

export const payloads = (...values: unknown[]) => ({ payloads: values.map(json) });

export const encrypted = (text: string) => ({ metadata: { encoding: base64('binary/encrypted') }, data: base64(text) });

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

type Event = Readonly<Record<string, unknown>>;

/** One event a second, numbered from 1. */
export function history(...events: readonly Event[]) {
  return {
    events: events.map((event, index) => ({
      eventId: String(index + 1),
      eventTime: new Date(Date.UTC(2026, 10, 21, 10, 0, index)).toISOString(),
      ...event,
    })),
  };
}

export const started = (input: unknown, memo: Record<string, unknown> = {}): Event => ({
  eventType: 'EVENT_TYPE_WORKFLOW_EXECUTION_STARTED',
  workflowExecutionStartedEventAttributes: {
    workflowType: { name: 'bookRide' },
    input: payloads(input),
    memo: { fields: Object.fromEntries(Object.entries(memo).map(([name, value]) => [name, json(value)])) },
  },
});

export const completed = (outcome: unknown): Event => ({
  workflowExecutionCompletedEventAttributes: { result: payloads(outcome) },
});

export const localStep = (step: string, end: { result?: unknown; failure?: Event }): Event => ({
  markerRecordedEventAttributes: {
    markerName: 'core_local_activity',
    details: { data: payloads({ seq: 1, attempt: 1, activity_type: step }), result: payloads(end.result ?? null) },
    ...(end.failure && { failure: end.failure }),
  },
});

export const scheduled = (step: string, key: string): Event => ({
  activityTaskScheduledEventAttributes: {
    activityType: { name: step },
    input: payloads({ key, correlationId: 'c-1' }, {}),
  },
});

export const applicationFailure = (type: string) => ({ message: 'down', applicationFailureInfo: { type } });

export const lostAttempt = {
  message: 'activity StartToClose timeout',
  timeoutFailureInfo: { timeoutType: 'TIMEOUT_TYPE_START_TO_CLOSE' },
};

export const attention = (code: string | null, owner: string | null): Event => ({
  upsertWorkflowSearchAttributesEventAttributes: {
    searchAttributes: { indexedFields: { LonghaulAttention: json(code), LonghaulAttentionOwner: json(owner) } },
  },
});

export const updateAccepted = (name: string, input: unknown): Event => ({
  workflowExecutionUpdateAcceptedEventAttributes: { acceptedRequest: { input: { name, args: payloads(input) } } },
});

export const updateCompleted = (acceptedEventId: number, outcome: Event): Event => ({
  workflowExecutionUpdateCompletedEventAttributes: { acceptedEventId: String(acceptedEventId), outcome },
});
