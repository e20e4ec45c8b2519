import { describe, expect, it } from 'vitest';
import { drop, ended, row, runOf, type Draftable } from '../../fixtures/case.fixture.ts';
import { saidWhen } from '../../fixtures/said-when.fixture.ts';

/** The step is in no history, in no journal, and reached no service. */
function neverBegan(evidence: Draftable, workflowId: string, step: string): void {
  const key = `${workflowId}/${step}`;
  drop(runOf(evidence, workflowId).steps, (trace) => trace.step === step);
  drop(evidence.sandbox.calls, (call) => call.key === key);
  drop(evidence.sandbox.journal, (entry) => entry.key === key);
}

describe('The checker is silent', () => {
  it('about a seat that is held until a person has released it', () => {
    const violations = saidWhen((evidence) => {
      neverBegan(evidence, 'booking-u-r2.r2', 'releaseSeat');
      const run = runOf(evidence, 'booking-u-r2.r2');
      const open = { code: 'http-503', owner: 'operations', step: 'releaseSeat', raisedAfterMs: 5 };
      Object.assign(run, { status: 'running', outcome: undefined });
      run.attention = [{ ...open, settled: false, settledByHand: false }];
      evidence.answers = evidence.answers.filter(
        ({ call, workflowId }) => call === 'start' || workflowId !== run.workflowId,
      );
      // One of its own: others have its seat later.
      row(evidence, 'seat-held', 'hold-u-r2.r2').seat = '2A';
      evidence.sandbox.claims.push({
        ...evidence.sandbox.claims[0]!,
        holdId: 'hold-u-r2.r2',
        seat: '2A',
        state: 'held',
      });
    });
    expect(violations).toEqual([]);
  });

  it('about a hold that ended by itself, so that its release found nothing', () => {
    const violations = saidWhen((evidence) => {
      const released = row(evidence, 'seat-released', 'hold-u-r2.r2');
      const { trip, seat } = row(evidence, 'seat-held', 'hold-u-r2.r2');
      const lapse = { effect: 'hold-lapsed', holdId: 'hold-u-r2.r2', trip, seat } as const;
      const { at, service, seq } = released;
      evidence.sandbox.journal.push({ ...lapse, at, service, seq: seq - 0.5, key: null, correlationId: null });
      Object.assign(released, { trip: null, seat: null, existed: false });
    });
    expect(violations).toEqual([]);
  });

  it('about a step whose local attempt left no trace before its bus departed', () => {
    const violations = saidWhen((evidence) => {
      const run = runOf(evidence, 'booking-u-r3.r3');
      drop(run.steps, ({ step }) => step === 'confirmBooking');
      run.updates = [];
      drop(evidence.answers, ({ call, workflowId }) => call === 'cancel' && workflowId === run.workflowId);
      ended(evidence, run.workflowId, { status: 'departed' });
    });
    expect(violations).toEqual([]);
  });

  it('about an undo of a step that no history has, as its run failed early', () => {
    const violations = saidWhen((evidence) => {
      neverBegan(evidence, 'booking-u-r2.r2', 'chargeFare');
      ended(evidence, 'booking-u-r2.r2', { status: 'failed', step: 'chargeFare', code: 'http-503' });
    });
    expect(violations).toEqual([]);
  });
});
