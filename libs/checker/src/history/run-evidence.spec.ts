import { describe, expect, it } from 'vitest';
import {
  applicationFailure,
  attention,
  completed,
  encrypted,
  history,
  localStep,
  lostAttempt,
  payloads,
  scheduled,
  started,
  updateAccepted,
  updateCompleted,
} from './history.fixture.ts';
import { runEvidence } from './run-evidence.ts';

const ids = { workflowId: 'booking-r1', runId: 'run-1' };

describe('The evidence of a run', () => {
  it('has input, outcome and memo', () => {
    const run = runEvidence(
      history(started({ requestId: 'r1' }, { correlationId: 'c-1' }), completed({ status: 'sold-out' })),
      ids,
    );
    expect(run).toMatchObject({ ...ids, type: 'bookRide', status: 'completed', startedAt: '2026-11-21T10:00:00.000Z' });
    expect(run).toMatchObject({ input: { requestId: 'r1' }, outcome: { status: 'sold-out' }, eventCount: 2 });
    expect(run.memo).toEqual({ correlationId: 'c-1' });
  });

  it.each([
    ['running', {}],
    ['timed-out', { workflowExecutionTimedOutEventAttributes: {} }],
    ['terminated', { workflowExecutionTerminatedEventAttributes: {} }],
    ['cancelled', { workflowExecutionCanceledEventAttributes: {} }],
    ['continued-as-new', { workflowExecutionContinuedAsNewEventAttributes: {} }],
  ])('says how it ended: %s', (status, event) => {
    expect(runEvidence(history(started({}), event), ids).status).toBe(status);
  });

  it('has the code of a failure, also if it is the cause of another failure', () => {
    const failure = { message: 'Activity task failed', cause: applicationFailure('http-503') };
    const run = runEvidence(history(started({}), { workflowExecutionFailedEventAttributes: { failure } }), ids);
    expect(run).toMatchObject({ status: 'failed', failureCode: 'http-503' });
  });

  it('has the steps of the fast path, from their markers', () => {
    const run = runEvidence(
      history(
        started({}),
        localStep('holdSeat', { result: { status: 'held' } }),
        localStep('chargeFare', { failure: applicationFailure('http-503') }),
        localStep('renewHold', { failure: { message: 'cancelled', canceledFailureInfo: {} } }),
      ),
      ids,
    );
    expect(run.steps).toMatchObject([
      { step: 'holdSeat', local: true, state: 'completed', result: { status: 'held' } },
      { step: 'chargeFare', local: true, state: 'failed', code: 'http-503' },
      { step: 'renewHold', local: true, state: 'cancelled' },
    ]);
  });

  it('has the steps that ran as activities, with their keys and the attempts that were lost', () => {
    const run = runEvidence(
      history(
        started({}),
        scheduled('holdSeat', 'booking-r1/holdSeat'),
        scheduled('chargeFare', 'booking-r1/chargeFare'),
        scheduled('confirmBooking', 'booking-r1/confirmBooking'),
        scheduled('readBooking', 'booking-r1/readBooking'),
        { activityTaskStartedEventAttributes: { scheduledEventId: '2', lastFailure: lostAttempt } },
        { activityTaskCompletedEventAttributes: { scheduledEventId: '2', result: payloads('held') } },
        { activityTaskTimedOutEventAttributes: { scheduledEventId: '3', failure: lostAttempt } },
        { activityTaskCancelRequestedEventAttributes: { scheduledEventId: '5' } },
      ),
      ids,
    );
    expect(run.steps).toMatchObject([
      { key: 'booking-r1/holdSeat', local: false, state: 'completed', result: 'held', lostAttempts: 1 },
      { key: 'booking-r1/chargeFare', state: 'timed-out', code: 'step-timeout', lostAttempts: 1 },
      { key: 'booking-r1/confirmBooking', state: 'open', lostAttempts: 0 },
      { key: 'booking-r1/readBooking', state: 'abandoned' },
    ]);
  });

  it('has each attention: its step, its delay, and how it was settled', () => {
    const run = runEvidence(
      history(
        started({}),
        localStep('refundFare', { failure: applicationFailure('http-503') }),
        attention('http-503', 'operations'),
        updateAccepted('resolve', { action: 'settled', by: 'ada', note: 'paid out' }),
        attention(null, null),
        attention('http-500', null),
      ),
      ids,
    );
    const asked = { step: 'refundFare', code: 'http-503', owner: 'operations', raisedAfterMs: 1000 };
    expect(run.attention).toMatchObject([
      { ...asked, settled: true, settledByHand: true },
      { code: 'http-500', owner: null, settled: false, settledByHand: false },
    ]);
  });

  it('measures no delay of an attention from a fault after which the run had continued', () => {
    const run = runEvidence(
      history(
        started({}),
        localStep('openTopUp', { failure: applicationFailure('http-503') }),
        localStep('findCharge', { result: 'another amount' }),
        attention('amount-mismatch', 'operations'),
      ),
      ids,
    );
    expect(run.attention).toMatchObject([{ step: 'openTopUp', code: 'amount-mismatch', raisedAfterMs: null }]);
  });

  it('has the ids of the runs that it started', () => {
    const workflowExecution = { workflowId: 'webhook-evt-p1-1' };
    const child = { childWorkflowExecutionStartedEventAttributes: { workflowExecution } };
    expect(runEvidence(history(started({}), child), ids).children).toEqual(['webhook-evt-p1-1']);
  });

  it('has the messages and their answers', () => {
    const run = runEvidence(
      history(
        started({}),
        updateAccepted('cancel', { reason: 'rain' }),
        updateCompleted(2, { success: payloads({ answer: 'accepted' }) }),
        updateAccepted('resolve', {}),
        updateCompleted(4, { failure: applicationFailure('InvalidInput') }),
        { workflowExecutionSignaledEventAttributes: { signalName: 'cancel' } },
        { workflowExecutionCancelRequestedEventAttributes: {} },
      ),
      ids,
    );
    expect(run.updates).toEqual([
      { name: 'cancel', input: { reason: 'rain' }, answer: { answer: 'accepted' } },
      { name: 'resolve', input: {}, answer: undefined },
    ]);
    expect(run).toMatchObject({ signals: ['cancel'], cancelRequested: true });
  });

  it('has the failed workflow tasks with their causes', () => {
    const cause = 'WORKFLOW_TASK_FAILED_CAUSE_NON_DETERMINISTIC_ERROR';
    const run = runEvidence(history(started({}), { workflowTaskFailedEventAttributes: { cause } }), ids);
    expect(run.taskFailures).toEqual([cause]);
  });

  it('has all text that can be read without a key, and the size of the largest payload', () => {
    const run = runEvidence(history(started({ secret: 'in plain sight' }), completed('x'.repeat(70_000))), ids);
    expect(run.plainText).toContain('in plain sight');
    expect(run.largestPayloadBytes).toBe(70_002);
  });

  it('treats an encrypted input as unknown', () => {
    const hidden = { payloads: [encrypted('cipher')] };
    const attributes = { workflowType: { name: 'bookRide' }, input: hidden };
    const run = runEvidence(history({ workflowExecutionStartedEventAttributes: attributes }), ids);
    expect(run.input).toBeUndefined();
  });

  it('reads the time format of a fetched history', () => {
    const { events } = history(started({}));
    const eventTime = { seconds: '1795255200', nanos: 500_000_000 };
    expect(runEvidence({ events: [{ ...events[0], eventTime }] }, ids).startedAt).toBe('2026-11-21T10:00:00.500Z');
  });

  it.each([
    ['has no events', {}, /booking-r1, run: run-1.*events/s],
    ['has an event that cannot be read', { events: [{ eventId: '1' }] }, /events\[0\]\.eventTime/],
    ['begins in the middle', history(completed({})), /does not begin with a start \[workflow: booking-r1/],
  ])('refuses a history that %s, and says which', (_, bad, message) => {
    expect(() => runEvidence(bad, ids)).toThrow(message);
  });
});
