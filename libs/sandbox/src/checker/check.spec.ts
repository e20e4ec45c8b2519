import { describe, expect, it } from 'vitest';
import type { CallEntry, Effect, JournalEntry } from '../evidence.ts';
import { check } from './check.ts';
import type { Evidence } from './evidence.ts';
import type { Expectations } from './expectations.ts';
import { contracts, goodEvidence, type Draft } from './good-evidence.fixture.ts';
import { invariants, notJudged } from './invariants.ts';
import { trip } from './well-behaved-house.fixture.ts';

type Case = Draft<Required<Evidence>>;
type Change = (evidence: Case) => void;

/** What the checker says when the good evidence is changed in one place. */
function spoken(change: Change, expectations: Expectations = {}): string[] {
  const evidence = goodEvidence();
  change(evidence);
  const violations = check(evidence, { contracts, ...expectations });
  return [...new Set(violations.map(({ invariant }) => invariant))].toSorted();
}

const runOf = (evidence: Case, workflowId: string) => found(evidence.runs, (run) => run.workflowId === workflowId);
const outcomeOf = (evidence: Case, workflowId: string) =>
  runOf(evidence, workflowId).outcome as Record<string, unknown>;
const row = <Name extends Effect['effect']>(evidence: Case, effect: Name, id: string) =>
  found(
    evidence.sandbox.journal,
    (entry) => entry.effect === effect && JSON.stringify(entry).includes(`"${id}"`),
  ) as Draft<Extract<JournalEntry, { effect: Name }>>;
const callOf = (evidence: Case, key: string) => found(evidence.sandbox.calls, (call) => call.key === key);

function found<T>(items: T[], fits: (item: T) => boolean): T {
  const item = items.find(fits);
  if (item === undefined) throw new Error('The good evidence has no such item');
  return item;
}

function drop<T>(items: T[], fits: (item: T) => boolean): void {
  items.splice(items.indexOf(found(items, fits)), 1);
}

/** Something that a service did in the end, for a key that made a call. */
function alsoDid(evidence: Case, effect: Effect, key: string): void {
  const { workflowId, memo } = found(evidence.runs, (run) => key.startsWith(`${run.workflowId}/`));
  const seq = Math.max(...evidence.sandbox.journal.map((entry) => entry.seq)) + 1;
  const said = { seq, at: evidence.sandbox.at, service: 'booking' as const, key };
  evidence.sandbox.journal.push({ ...effect, ...said, correlationId: String(memo['correlationId'] ?? workflowId) });
}

const ridesTrip = trip;
const fare = { amount: 4500, currency: 'EUR' };

describe('The checker is silent', () => {
  it('about a house that behaves well', () => {
    expect(check(goodEvidence(), { contracts })).toEqual([]);
  });

  it('about a run that waits for a person, with its hold and its charge', () => {
    const parked: Change = (evidence) => {
      const run = runOf(evidence, 'booking-r1');
      run.status = 'running';
      run.outcome = undefined;
      run.attention = [
        { code: 'x', owner: 'ops', step: 'addToManifest', raisedAfterMs: 5, settled: false, settledByHand: false },
      ];
      drop(evidence.sandbox.journal, (entry) => entry.effect === 'notice-sent');
      drop(evidence.sandbox.mails, () => true);
      drop(evidence.answers, ({ call }) => call === 'status');
      drop(evidence.answers, ({ call }) => call === 'result');
    };
    expect(spoken(parked)).toEqual([]);
  });

  it('about the passenger whom an operator put on the manifest by hand', () => {
    const settled: Change = (evidence) => {
      runOf(evidence, 'booking-r1').attention = [
        { code: 'x', owner: 'ops', step: 'addToManifest', raisedAfterMs: 5, settled: true, settledByHand: true },
      ];
      drop(evidence.sandbox.manifests, ({ bookingId }) => bookingId === 'bk-r1');
    };
    expect(spoken(settled)).toEqual([]);
  });

  it('about an attempt that was lost when its worker was killed', () => {
    const killed: Change = (evidence) => {
      runOf(evidence, 'booking-r1').steps[0]!.lostAttempts = 1;
      evidence.workers.push({ process: 'booking-worker', signal: 'SIGKILL', exitCode: null, withinGrace: true });
    };
    expect(spoken(killed)).toEqual([]);
  });

  it('about failed workflow tasks of a deploy that was meant to be bad', () => {
    const bad: Change = (evidence) =>
      runOf(evidence, 'booking-r1').taskFailures.push('WORKFLOW_WORKER_UNHANDLED_FAILURE');
    expect(spoken(bad, { plannedBadDeploy: true })).toEqual([]);
  });
});

const cases: Record<string, readonly (readonly [string, Change, readonly string[], Expectations?])[]> = {
  X1: [['a start was answered and has no run', (e) => drop(e.answers, () => true), []]],
};

void cases;
void callOf;
void alsoDid;
void outcomeOf;
void row;
void ridesTrip;
void fare;

describe('The table of invariants', () => {
  it('names every invariant of the house and of booking, judged or with the reason why not', () => {
    const wanted = [
      ...Array.from({ length: 15 }, (_, index) => `X${index + 1}`),
      ...Array.from({ length: 17 }, (_, index) => `booking ${index + 1}`),
    ];
    const named = [...invariants, ...notJudged].map(({ id }) => id);
    expect(wanted.filter((id) => !named.includes(id))).toEqual([]);
    expect(new Set(named).size).toBe(named.length);
  });
});

export type { CallEntry };
