import { describe, expect, it } from 'vitest';
import { check } from './check.ts';
import { domainCases } from './domains/cases.fixture.ts';
import { houseCases } from './everywhere/cases/house.fixture.ts';
import { outsideCases } from './everywhere/cases/outside.fixture.ts';
import { alsoToldToComeAgain, drop, found, row, runOf, type Draftable } from './fixtures/case.fixture.ts';
import { goodEvidence } from './fixtures/good-evidence.fixture.ts';
import { violationsWhen } from './fixtures/violations-when.fixture.ts';
import { invariants, notJudged } from './invariants.ts';

describe('The checker reports nothing', () => {
  it('when every run went well', () => {
    expect(check(goodEvidence())).toEqual([]);
  });

  it('about a snapshot without runs, taken while work goes on', () => {
    expect(check({ sandbox: goodEvidence().sandbox }, { snapshot: true })).toEqual([]);
  });

  it('about a parked run that still has its seat and its charge', () => {
    const violations = violationsWhen((evidence) => {
      const run = runOf(evidence, 'booking-u-r1.r1');
      run.status = 'running';
      run.outcome = undefined;
      const open = { code: 'http-503', owner: 'operations', step: 'addToManifest', raisedAfterMs: 5 };
      run.attention = [{ ...open, settled: false, settledByHand: false }];
      drop(evidence.answers, ({ call }) => call === 'status');
      drop(evidence.answers, ({ call }) => call === 'result');
    });
    expect(violations).toEqual([]);
  });

  it('about a passenger whom an operator put on the manifest by hand', () => {
    const violations = violationsWhen((evidence) => {
      const settled = { code: 'http-503', owner: 'operations', step: 'addToManifest', raisedAfterMs: 5 };
      runOf(evidence, 'booking-u-r1.r1').attention = [{ ...settled, settled: true, settledByHand: true }];
      drop(evidence.sandbox.manifests, ({ bookingId }) => bookingId === 'bk-u-r1.r1');
    });
    expect(violations).toEqual([]);
  });

  it('about the seat of a declined booking whose release an operator settled by hand', () => {
    const violations = violationsWhen((evidence) => {
      const settled = { code: 'http-409', owner: 'operations', step: 'releaseSeat', raisedAfterMs: 5 };
      runOf(evidence, 'booking-u-r2.r2').attention = [{ ...settled, settled: true, settledByHand: true }];
      // A seat that no other booking gets later.
      const seat = '2A';
      row(evidence, 'seat-held', 'hold-u-r2.r2').seat = seat;
      evidence.sandbox.claims.push({ ...evidence.sandbox.claims[0]!, holdId: 'hold-u-r2.r2', seat, state: 'held' });
      drop(evidence.sandbox.journal, ({ key }) => key === 'booking-u-r2.r2/releaseSeat');
    });
    expect(violations).toEqual([]);
  });

  it('about a lost attempt and an unanswered status when a process was killed', () => {
    const violations = violationsWhen(({ runs, workers, answers }) => {
      runs[0]!.steps[0]!.lostAttempts = 1;
      answers.splice(1, 0, { ...answers[1]!, status: 503 });
      workers.push({ process: 'temporal', signal: 'SIGKILL', exitCode: null, withinGrace: true });
    });
    expect(violations).toEqual([]);
  });

  it('about a caller who was asked to retry and got an answer to the retry', () => {
    const violations = violationsWhen(({ answers }) => {
      alsoToldToComeAgain(answers);
    });
    expect(violations).toEqual([]);
  });

  it('about a read that was cancelled without waiting for it to end', () => {
    const violations = violationsWhen((evidence) => {
      const { steps } = runOf(evidence, 'booking-u-r1.r1');
      steps.push({ ...steps.at(-1)!, step: 'readBooking', key: 'booking-u-r1.r1/readBooking', state: 'abandoned' });
    });
    expect(violations).toEqual([]);
  });

  it('about an undo whose step left no trace, because the run was cancelled during a local attempt', () => {
    const violations = violationsWhen((evidence) => {
      drop(runOf(evidence, 'booking-u-r3.r3').steps, ({ step }) => step === 'confirmBooking');
    });
    expect(violations).toEqual([]);
  });

  it('about failed workflow tasks of a planned bad deploy', () => {
    const failTask = ({ runs }: Draftable) => runs[0]!.taskFailures.push('WORKFLOW_WORKER_UNHANDLED_FAILURE');
    expect(violationsWhen(failTask, { plannedBadDeploy: true })).toEqual([]);
  });

  it('about a closing task that the server repeated because a message had just arrived', () => {
    const violations = violationsWhen(({ runs }) => {
      runs[0]!.taskFailures.push('WORKFLOW_TASK_FAILED_CAUSE_UNHANDLED_COMMAND');
    });
    expect(violations).toEqual([]);
  });

  it('about one departure time written in two ways', () => {
    const violations = violationsWhen(({ runs, answers }) => {
      const input = { ...(runs[0]!.input as object), departureAt: '2026-11-30T09:00:00+01:00' };
      runs[0]!.input = input;
      answers[0]!.input = input;
    });
    expect(violations).toEqual([]);
  });
});

const cases = [...houseCases, ...outsideCases, ...domainCases.flatMap((domain) => domain.cases)];

describe.each(invariants.map(({ id }) => [id, cases.filter(({ speaks }) => speaks === id)] as const))(
  '%s is reported',
  (id, itsCases) => {
    it('in at least one case', () => {
      expect(itsCases).not.toEqual([]);
    });

    it.each(itsCases.map((each) => [each.when, each] as const))(
      'when %s',
      (_, { change, naming, along, expectations }) => {
        const violations = violationsWhen(change, expectations);
        const spoken = new Set(violations.map(({ invariant }) => invariant));
        expect([...spoken].toSorted()).toEqual([id, ...(along ?? [])].toSorted());
        expect(
          violations
            .filter(({ invariant }) => invariant === id)
            .map(({ message }) => message)
            .join('\n'),
        ).toContain(naming);
      },
    );
  },
);

describe('A snapshot', () => {
  it('is checked only against invariants that hold at every moment', () => {
    const evidence = goodEvidence();
    evidence.sandbox.manifests = [];
    evidence.sandbox.ledger.pop();
    evidence.sandbox.claims.push(found(evidence.sandbox.claims, ({ holdId }) => holdId === 'hold-u-r1.r1'));
    const spoken = check(evidence, { snapshot: true }).map(({ invariant }) => invariant);
    expect([...new Set(spoken)]).toEqual(['booking 1', 'payment 1', 'payment 2']);
  });
});

describe('The table of invariants', () => {
  it('lists every numbered invariant, as checked or with the reason why it is not', () => {
    const upTo = (prefix: string, last: number) => Array.from({ length: last }, (_, index) => `${prefix}${index + 1}`);
    const wanted = [...upTo('X', 16), ...domainCases.flatMap(({ name, numbers }) => upTo(`${name} `, numbers))];
    const named = [...invariants, ...notJudged].map(({ id }) => id);
    expect(named.toSorted()).toEqual(wanted.toSorted());
  });
});
