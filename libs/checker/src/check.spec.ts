import { describe, expect, it } from 'vitest';
import { check } from './check.ts';
import { domainCases } from './domains/cases.fixture.ts';
import { houseCases } from './everywhere/cases/house.fixture.ts';
import { outsideCases } from './everywhere/cases/outside.fixture.ts';
import { alsoToldToComeAgain, drop, found, row, runOf, type Draftable } from './fixtures/case.fixture.ts';
import { goodEvidence } from './fixtures/good-evidence.fixture.ts';
import { saidWhen } from './fixtures/said-when.fixture.ts';
import { invariants, notJudged } from './invariants.ts';

describe('The checker is silent', () => {
  it('about a house that behaves well', () => {
    expect(check(goodEvidence())).toEqual([]);
  });

  it('about a snapshot of a house at work, whose runs nobody has looked at yet', () => {
    expect(check({ sandbox: goodEvidence().sandbox }, { snapshot: true })).toEqual([]);
  });

  it('about a run that waits for a person, with its seat and its charge', () => {
    const violations = saidWhen((evidence) => {
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

  it('about the passenger whom an operator put on the manifest by hand', () => {
    const violations = saidWhen((evidence) => {
      const settled = { code: 'http-503', owner: 'operations', step: 'addToManifest', raisedAfterMs: 5 };
      runOf(evidence, 'booking-u-r1.r1').attention = [{ ...settled, settled: true, settledByHand: true }];
      drop(evidence.sandbox.manifests, ({ bookingId }) => bookingId === 'bk-u-r1.r1');
    });
    expect(violations).toEqual([]);
  });

  it('about the seat of a declined booking that an operator said was seen to', () => {
    const violations = saidWhen((evidence) => {
      const settled = { code: 'http-409', owner: 'operations', step: 'releaseSeat', raisedAfterMs: 5 };
      runOf(evidence, 'booking-u-r2.r2').attention = [{ ...settled, settled: true, settledByHand: true }];
      // One of its own: others have its seat later.
      const seat = '2A';
      row(evidence, 'seat-held', 'hold-u-r2.r2').seat = seat;
      evidence.sandbox.claims.push({ ...evidence.sandbox.claims[0]!, holdId: 'hold-u-r2.r2', seat, state: 'held' });
      drop(evidence.sandbox.journal, ({ key }) => key === 'booking-u-r2.r2/releaseSeat');
    });
    expect(violations).toEqual([]);
  });

  it('about an attempt that was lost, and a status that was not answered, when something was killed', () => {
    const violations = saidWhen(({ runs, workers, answers }) => {
      runs[0]!.steps[0]!.lostAttempts = 1;
      answers.splice(1, 0, { ...answers[1]!, status: 503 });
      workers.push({ process: 'temporal', signal: 'SIGKILL', exitCode: null, withinGrace: true });
    });
    expect(violations).toEqual([]);
  });

  it('about a caller who was told to come again, and was answered then', () => {
    const violations = saidWhen(({ answers }) => {
      alsoToldToComeAgain(answers);
    });
    expect(violations).toEqual([]);
  });

  it('about a question that was told to stop and not waited for', () => {
    const violations = saidWhen((evidence) => {
      const { steps } = runOf(evidence, 'booking-u-r1.r1');
      steps.push({ ...steps.at(-1)!, step: 'readBooking', key: 'booking-u-r1.r1/readBooking', state: 'abandoned' });
    });
    expect(violations).toEqual([]);
  });

  it('about a step whose local attempt left no trace before its run was cancelled', () => {
    const violations = saidWhen((evidence) => {
      drop(runOf(evidence, 'booking-u-r3.r3').steps, ({ step }) => step === 'confirmBooking');
    });
    expect(violations).toEqual([]);
  });

  it('about failed workflow tasks of a deploy that was meant to be bad', () => {
    const failTask = ({ runs }: Draftable) => runs[0]!.taskFailures.push('WORKFLOW_WORKER_UNHANDLED_FAILURE');
    expect(saidWhen(failTask, { plannedBadDeploy: true })).toEqual([]);
  });

  it('about a closing task that the server had repeated for a message that just came in', () => {
    const violations = saidWhen(({ runs }) => {
      runs[0]!.taskFailures.push('WORKFLOW_TASK_FAILED_CAUSE_UNHANDLED_COMMAND');
    });
    expect(violations).toEqual([]);
  });

  it('about trips whose departure is written in another way', () => {
    const violations = saidWhen(({ runs, answers }) => {
      const input = { ...(runs[0]!.input as object), departureAt: '2026-11-30T09:00:00+01:00' };
      runs[0]!.input = input;
      answers[0]!.input = input;
    });
    expect(violations).toEqual([]);
  });
});

const cases = [...houseCases, ...outsideCases, ...domainCases.flatMap((domain) => domain.cases)];

describe.each(invariants.map(({ id }) => [id, cases.filter(({ speaks }) => speaks === id)] as const))(
  '%s speaks',
  (id, itsCases) => {
    it('in at least one case', () => {
      expect(itsCases).not.toEqual([]);
    });

    it.each(itsCases.map((each) => [each.when, each] as const))(
      'when %s',
      (_, { change, naming, along, expectations }) => {
        const violations = saidWhen(change, expectations);
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
  it('is judged by nothing but what holds at every moment', () => {
    const evidence = goodEvidence();
    evidence.sandbox.manifests = [];
    evidence.sandbox.ledger.pop();
    evidence.sandbox.claims.push(found(evidence.sandbox.claims, ({ holdId }) => holdId === 'hold-u-r1.r1'));
    const spoken = check(evidence, { snapshot: true }).map(({ invariant }) => invariant);
    expect([...new Set(spoken)]).toEqual(['booking 1', 'payment 1', 'payment 2']);
  });
});

describe('The table of invariants', () => {
  it('names every invariant that has a number, judged or with the reason why not', () => {
    const upTo = (prefix: string, last: number) => Array.from({ length: last }, (_, index) => `${prefix}${index + 1}`);
    const wanted = [...upTo('X', 16), ...domainCases.flatMap(({ name, numbers }) => upTo(`${name} `, numbers))];
    const named = [...invariants, ...notJudged].map(({ id }) => id);
    expect(named.toSorted()).toEqual(wanted.toSorted());
  });
});
