import { z } from 'zod';
import type { StepTrace } from '../evidence.ts';
import { codeOf, isLostAttempt, type HistoryEvent } from './history.ts';
import { valueOf } from './payloads.ts';

const LocalActivity = z.object({ activity_type: z.string() });
const Call = z.object({ key: z.string() });

/** The steps of a run in the order of their start or, for local attempts, of their end. */
export function stepsOf(events: readonly HistoryEvent[]): StepTrace[] {
  const followers = followersOf(events);
  return events.flatMap((event) => localStep(event) ?? regularStep(event, followers.get(event.eventId) ?? []) ?? []);
}

/** The id of the event that scheduled the activity of this event. */
function scheduledBy(event: HistoryEvent): string | undefined {
  return (
    event.activityTaskCancelRequestedEventAttributes ??
    event.activityTaskStartedEventAttributes ??
    event.activityTaskCompletedEventAttributes ??
    event.activityTaskFailedEventAttributes ??
    event.activityTaskTimedOutEventAttributes ??
    event.activityTaskCanceledEventAttributes
  )?.scheduledEventId;
}

function localStep({ markerRecordedEventAttributes: marker }: HistoryEvent): StepTrace | undefined {
  if (marker?.markerName !== 'core_local_activity') return undefined;
  const about = LocalActivity.safeParse(valueOf(marker.details['data']?.payloads[0]));
  if (!about.success) return undefined;
  const { failure } = marker;
  return {
    step: about.data.activity_type,
    local: true,
    key: null,
    state: failure ? (failure.canceledFailureInfo ? 'cancelled' : 'failed') : 'completed',
    code: codeOf(failure),
    result: valueOf(marker.details['result']?.payloads[0]),
    lostAttempts: 0,
  };
}

function regularStep(event: HistoryEvent, followers: readonly HistoryEvent[]): StepTrace | undefined {
  const scheduled = event.activityTaskScheduledEventAttributes;
  if (!scheduled) return undefined;
  const call = Call.safeParse(valueOf(scheduled.input.payloads[0]));
  const failures = followers.map(
    ({ activityTaskStartedEventAttributes: started, activityTaskTimedOutEventAttributes: timedOut }) =>
      started?.lastFailure ?? timedOut?.failure,
  );
  return {
    step: scheduled.activityType.name,
    local: false,
    key: call.success ? call.data.key : null,
    ...endOf(followers),
    lostAttempts: failures.filter(isLostAttempt).length,
  };
}

function endOf(followers: readonly HistoryEvent[]): Pick<StepTrace, 'state' | 'code' | 'result'> {
  for (const event of followers) {
    const { activityTaskCompletedEventAttributes: completed } = event;
    if (completed) return { state: 'completed', code: null, result: valueOf(completed.result.payloads[0]) };
    const failed = event.activityTaskFailedEventAttributes;
    if (failed) return { state: 'failed', code: codeOf(failed.failure), result: undefined };
    const timedOut = event.activityTaskTimedOutEventAttributes;
    if (timedOut) return { state: 'timed-out', code: codeOf(timedOut.failure), result: undefined };
    if (event.activityTaskCanceledEventAttributes) return { state: 'cancelled', code: null, result: undefined };
  }
  const toldToStop = followers.some((event) => event.activityTaskCancelRequestedEventAttributes);
  return { state: toldToStop ? 'abandoned' : 'open', code: null, result: undefined };
}

function followersOf(events: readonly HistoryEvent[]): Map<string, HistoryEvent[]> {
  const followers = new Map<string, HistoryEvent[]>();
  for (const event of events) {
    const scheduled = scheduledBy(event);
    if (scheduled !== undefined) followers.set(scheduled, [...(followers.get(scheduled) ?? []), event]);
  }
  return followers;
}
