import { alsoToldToComeAgain, callOf, row, runOf, type Case } from '../../fixtures/case.fixture.ts';

/** Cases about sizes, secrets, foreign users, rest, answers and the end of processes. */
export const outsideCases: readonly Case[] = [
  {
    speaks: 'X9',
    when: 'a payload is over 64 KB',
    naming: 'booking-u-r1.r1',
    change: (evidence) => (runOf(evidence, 'booking-u-r1.r1').largestPayloadBytes = 65_537),
  },
  {
    speaks: 'X9',
    when: 'a history is over 10,000 events',
    naming: 'booking-u-r1.r1',
    change: (evidence) => (runOf(evidence, 'booking-u-r1.r1').eventCount = 10_001),
  },
  {
    speaks: 'X10',
    when: 'a secret can be read in a history',
    naming: 'booking-u-r1.r1',
    change: (evidence) => (runOf(evidence, 'booking-u-r1.r1').plainText += 'sk_live_canary'),
    expectations: { canaries: ['sk_live_canary'] },
  },
  {
    speaks: 'X10',
    when: 'a personal value can be read in a key',
    naming: 'call 2',
    change: (evidence) => (callOf(evidence, 'booking-u-r1.r1/holdSeat').correlationId = 'ada@example.test'),
    along: ['X14'],
    expectations: { canaries: ['ada@example.test'] },
  },
  {
    speaks: 'X11',
    when: "a user was given the status of another user's booking",
    naming: 'u-stranger',
    change: ({ answers }) => answers.splice(1, 0, { ...answers[1]!, caller: { user: 'u-stranger' } }),
  },
  {
    speaks: 'X11',
    when: "another user's wallet was charged",
    naming: 'u-stranger',
    change: (evidence) => (row(evidence, 'charge-captured', 'charge-u-r1.r1').user = 'u-stranger'),
  },
  {
    speaks: 'X11',
    when: 'two users are recorded as one owner',
    naming: 'digest of u-r2',
    change: ({ runs }) => (runs[0]!.memo['owner'] = 'digest of u-r2'),
  },
  {
    speaks: 'X12',
    when: 'a seat is still held',
    naming: 'hold-u-r9.r9',
    change: ({ sandbox }) => {
      const claim = { ...sandbox.claims[0]!, holdId: 'hold-u-r9.r9', seat: '1C', state: 'held' as const };
      sandbox.claims.push(claim);
    },
    along: ['booking 1'],
  },
  {
    speaks: 'X12',
    when: 'an activity is still open',
    naming: 'booking-u-r1.r1/notifyPassenger',
    change: (evidence) => (runOf(evidence, 'booking-u-r1.r1').steps.at(-1)!.state = 'open'),
  },
  {
    speaks: 'X12',
    when: 'an activity with an effect was cancelled and may still be running',
    naming: 'booking-u-r1.r1/notifyPassenger',
    change: (evidence) => (runOf(evidence, 'booking-u-r1.r1').steps.at(-1)!.state = 'abandoned'),
  },
  {
    speaks: 'X13',
    when: 'the status was not answered',
    naming: 'booking-u-r1.r1',
    change: ({ answers }) => answers.splice(1, 0, { ...answers[1]!, status: 504 }),
  },
  {
    speaks: 'X13',
    when: 'a caller was asked to retry the status, and never got it',
    naming: 'booking-u-r1.r1',
    change: ({ answers }) => {
      alsoToldToComeAgain(answers);
      answers[1]!.correlationId = 'never answered';
    },
  },
  {
    speaks: 'X13',
    when: 'a caller was asked to retry the status, for a reason other than a slow Temporal',
    naming: 'booking-u-r1.r1',
    change: ({ answers }) => {
      alsoToldToComeAgain(answers);
      answers[1]!.body = { code: 'shutting-down' };
    },
  },
  {
    speaks: 'X13',
    when: 'the last status had another outcome',
    naming: 'booking-u-r1.r1',
    change: ({ answers }) => (answers[1]!.body = { state: 'telling', outcome: { status: 'failed' } }),
  },
  {
    speaks: 'X13',
    when: 'a caller was given another result than the outcome',
    naming: 'booking-u-r1.r1',
    change: ({ answers }) => (answers[2]!.body = { ...(answers[2]!.body as object), seat: '9Z' }),
  },
  {
    speaks: 'X14',
    when: 'a service was called under another correlation id',
    naming: 'booking-u-r1.r1',
    change: (evidence) => (callOf(evidence, 'booking-u-r1.r1/chargeFare').correlationId = null),
  },
  {
    speaks: 'X14',
    when: 'an effect has another correlation id than its call',
    naming: 'charge-captured',
    change: (evidence) => (row(evidence, 'charge-captured', 'charge-u-r1.r1').correlationId = 'another'),
  },
  {
    speaks: 'X14',
    when: "a run carries a correlation id that no caller's request had",
    naming: 'booking-u-r1.r1',
    change: ({ answers }) => (answers[0]!.correlationId = 'another'),
  },
  {
    speaks: 'X16',
    when: 'a repeated request held a seat again',
    naming: 'booking-u-r9.r9',
    change: (evidence) => {
      const outcome = { status: 'failed', step: 'holdSeat', code: 'made-before' };
      const again = { ...runOf(evidence, 'booking-u-r2.r2'), workflowId: 'booking-u-r9.r9', outcome, steps: [] };
      evidence.runs.push({ ...again, memo: { ...again.memo, correlationId: 'c-r9' } });
      row(evidence, 'seat-held', 'hold-u-r2.r2').correlationId = 'c-r9';
    },
    along: ['X14', 'X2'],
  },
  {
    speaks: 'X15',
    when: 'a worker exited with an error after SIGTERM',
    naming: 'fleet-worker',
    change: ({ workers }) =>
      workers.push({ process: 'fleet-worker', signal: 'SIGTERM', exitCode: 1, withinGrace: true }),
  },
  {
    speaks: 'X15',
    when: 'a worker took longer to stop than its grace',
    naming: 'fleet-worker',
    change: ({ workers }) =>
      workers.push({ process: 'fleet-worker', signal: 'SIGTERM', exitCode: 0, withinGrace: false }),
  },
  {
    speaks: 'X15',
    when: 'an attempt was lost although nothing was killed',
    naming: 'booking-u-r1.r1/holdSeat',
    change: (evidence) => (runOf(evidence, 'booking-u-r1.r1').steps[0]!.lostAttempts = 1),
  },
];
