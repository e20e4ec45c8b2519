import { describe, expect, it } from 'vitest';
import { drop, ended, row, runOf, type Draftable } from '../../fixtures/case.fixture.ts';
import { violationsWhen } from '../../fixtures/violations-when.fixture.ts';

/** Removes every trace of the step: from the history, the journal and the calls. */
function neverBegan(evidence: Draftable, workflowId: string, step: string): void {
  const key = `${workflowId}/${step}`;
  drop(runOf(evidence, workflowId).steps, (trace) => trace.step === step);
  drop(evidence.sandbox.calls, (call) => call.key === key);
  drop(evidence.sandbox.journal, (entry) => entry.key === key);
}

describe('The checker reports nothing', () => {
  it('about a seat that is held until a person releases it', () => {
    const violations = violationsWhen((evidence) => {
      neverBegan(evidence, 'booking-u-r2.r2', 'releaseSeat');
      const run = runOf(evidence, 'booking-u-r2.r2');
      const open = { code: 'http-503', owner: 'operations', step: 'releaseSeat', raisedAfterMs: 5 };
      Object.assign(run, { status: 'running', outcome: undefined });
      run.attention = [{ ...open, settled: false, settledByHand: false }];
      evidence.answers = evidence.answers.filter(
        ({ call, workflowId }) => call === 'start' || workflowId !== run.workflowId,
      );
      // A seat that no other booking gets later.
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

  it('about a release that found nothing because the hold had expired', () => {
    const violations = violationsWhen((evidence) => {
      const released = row(evidence, 'seat-released', 'hold-u-r2.r2');
      const { trip, seat } = row(evidence, 'seat-held', 'hold-u-r2.r2');
      const lapse = { effect: 'hold-lapsed', holdId: 'hold-u-r2.r2', trip, seat } as const;
      const { at, service, seq } = released;
      evidence.sandbox.journal.push({ ...lapse, at, service, seq: seq - 0.5, key: null, correlationId: null });
      Object.assign(released, { trip: null, seat: null, existed: false });
    });
    expect(violations).toEqual([]);
  });

  it('about an undo whose step left no trace, because the bus departed during a local attempt', () => {
    const violations = violationsWhen((evidence) => {
      const run = runOf(evidence, 'booking-u-r3.r3');
      drop(run.steps, ({ step }) => step === 'confirmBooking');
      run.updates = [];
      drop(evidence.answers, ({ call, workflowId }) => call === 'cancel' && workflowId === run.workflowId);
      ended(evidence, run.workflowId, { status: 'departed' });
    });
    expect(violations).toEqual([]);
  });

  it('about an undo whose step is not in the history, because the run failed early', () => {
    const violations = violationsWhen((evidence) => {
      neverBegan(evidence, 'booking-u-r2.r2', 'chargeFare');
      ended(evidence, 'booking-u-r2.r2', { status: 'failed', step: 'chargeFare', code: 'http-503' });
    });
    expect(violations).toEqual([]);
  });
});
