import { alsoCalled, alsoDid, callOf, drop, row, runOf, swap, type Case } from '../../fixtures/case.fixture.ts';

const attention = { code: 'http-503', owner: 'booking-operations', step: 'refundFare' };

export const houseCases: readonly Case[] = [
  {
    speaks: 'X1',
    when: 'a start was answered with 202 and there is no run',
    naming: 'booking-u-r9.r9',
    change: ({ answers }) => answers.push({ call: 'start', workflowId: 'booking-u-r9.r9', status: 202 }),
  },
  {
    speaks: 'X1',
    when: 'a caller was given a run that does not exist',
    naming: 'another-run',
    change: ({ answers }) => (answers[0]!.runId = 'another-run'),
  },
  {
    speaks: 'X1',
    when: 'a workflow was run twice',
    naming: 'booking-u-r1.r1',
    change: ({ runs }) => runs.push({ ...runs[0]!, runId: 'second' }),
  },
  {
    speaks: 'X1',
    when: 'a run neither ended nor is parked',
    naming: 'booking-u-r1.r1',
    change: (evidence) => (runOf(evidence, 'booking-u-r1.r1').status = 'running'),
  },
  {
    speaks: 'X2',
    when: 'another input was answered like the same input',
    naming: 'booking-u-r1.r1',
    change: ({ answers }) => answers.push({ ...answers[0]!, input: { requestId: 'r1', user: 'u-r1', bus: 'b-2' } }),
  },
  {
    speaks: 'X2',
    when: 'the same input was refused',
    naming: 'booking-u-r1.r1',
    change: ({ answers }) => answers.push({ ...answers[0]!, status: 422 }),
  },
  {
    speaks: 'X2',
    when: 'a run has another id than its input gives',
    naming: 'booking-u-r2.r2',
    change: ({ runs, answers }) => {
      const run = runs[1]!;
      run.input = { ...(run.input as object), requestId: 'r2', user: 'u-r2' };
      run.workflowId = 'booking-u-r2.r2';
      run.type = 'cancelBooking';
      answers.forEach((answer) => delete answer.input);
    },
    along: ['X3'],
  },
  {
    speaks: 'X3',
    when: 'one key had two effects',
    naming: 'booking-u-r1.r1/notifyPassenger',
    change: (evidence) => {
      const notice = row(evidence, 'notice-sent', 'booking-u-r1.r1@longhaul');
      alsoDid(evidence, { ...notice, template: 'reminder' }, 'booking-u-r1.r1/notifyPassenger');
    },
  },
  {
    speaks: 'X3',
    when: 'an effect has no key',
    naming: 'passenger-listed',
    change: (evidence) => (row(evidence, 'passenger-listed', 'bk-u-r1.r1').key = null),
  },
  {
    speaks: 'X3',
    when: 'a service saw a key of a run that does not exist',
    naming: 'booking-u-r9.r9/holdSeat',
    change: (evidence) => alsoCalled(evidence, 'booking-u-r9.r9/holdSeat'),
  },
  {
    speaks: 'X3',
    when: 'a service saw a key of a step that the contract does not have',
    naming: 'booking-u-r1.r1/holdSeat2',
    change: (evidence) => alsoCalled(evidence, 'booking-u-r1.r1/holdSeat2'),
  },
  {
    speaks: 'X3',
    when: 'a key contains the number of the attempt',
    naming: 'booking-u-r1.r1/holdSeat/attempt-2',
    change: (evidence) => alsoCalled(evidence, 'booking-u-r1.r1/holdSeat/attempt-2'),
  },
  {
    speaks: 'X3',
    when: 'a service saw a step that the history does not know',
    naming: 'booking-u-r1.r1/renewHold',
    change: (evidence) => alsoCalled(evidence, 'booking-u-r1.r1/renewHold'),
  },
  {
    speaks: 'X3',
    when: 'a step was completed and reached no service',
    naming: 'booking-u-r2.r2/refundFare',
    change: ({ sandbox }) => drop(sandbox.calls, ({ key }) => key === 'booking-u-r2.r2/refundFare'),
  },
  {
    speaks: 'X4',
    when: 'a run failed with an undocumented code',
    naming: 'TypeError',
    change: ({ runs }) => Object.assign(runs[1]!, { status: 'failed', failureCode: 'TypeError' }),
  },
  {
    speaks: 'X4',
    when: 'a run was terminated',
    naming: 'booking-u-r2.r2',
    change: (evidence) => (runOf(evidence, 'booking-u-r2.r2').status = 'terminated'),
  },
  {
    speaks: 'X5',
    when: 'a workflow task failed',
    naming: 'booking-u-r1.r1',
    change: ({ runs }) => runs[0]!.taskFailures.push('WORKFLOW_TASK_FAILED_CAUSE_WORKFLOW_WORKER_UNHANDLED_FAILURE'),
  },
  {
    speaks: 'X5',
    when: 'a replay was non-deterministic, even in a planned bad deploy',
    naming: 'NON_DETERMINISTIC_ERROR',
    change: ({ runs }) => runs[0]!.taskFailures.push('WORKFLOW_TASK_FAILED_CAUSE_NON_DETERMINISTIC_ERROR'),
    expectations: { plannedBadDeploy: true },
  },
  {
    speaks: 'X7',
    when: 'a step was applied after its undo',
    naming: 'hold-u-r2.r2',
    change: (evidence) => {
      swap(row(evidence, 'seat-released', 'hold-u-r2.r2'), row(evidence, 'seat-held', 'hold-u-r2.r2'));
    },
    along: ['booking 1', 'booking 13'],
  },
  {
    speaks: 'X7',
    when: 'an undo reversed what had never happened',
    naming: 'bk-u-r5.r5',
    change: (evidence) => (row(evidence, 'passenger-removed', 'bk-u-r5.r5').existed = true),
  },
  {
    speaks: 'X7',
    when: 'an undo found nothing although its step had happened',
    naming: 'bk-u-r4.r4',
    change: (evidence) => (row(evidence, 'passenger-removed', 'bk-u-r4.r4').existed = false),
  },
  {
    speaks: 'X7',
    when: 'a step of a confirmed booking was undone',
    naming: 'booking-u-r1.r1/takeOffManifest',
    change: (evidence) => {
      const { steps } = runOf(evidence, 'booking-u-r1.r1');
      steps.push({ ...steps[0]!, step: 'takeOffManifest', state: 'failed' });
    },
  },
  {
    speaks: 'X7',
    when: 'a step that may have happened was not undone',
    naming: 'booking-u-r2.r2/refundFare',
    change: (evidence) => {
      drop(runOf(evidence, 'booking-u-r2.r2').steps, ({ step }) => step === 'refundFare');
      drop(evidence.sandbox.calls, ({ key }) => key === 'booking-u-r2.r2/refundFare');
      drop(evidence.sandbox.journal, ({ key }) => key === 'booking-u-r2.r2/refundFare');
    },
  },
  {
    speaks: 'X7',
    when: 'an undo ran for a step that never began',
    naming: 'booking-u-r2.r2/withdrawBooking',
    change: (evidence) => {
      const { steps } = runOf(evidence, 'booking-u-r2.r2');
      steps.push({ ...steps[0]!, step: 'withdrawBooking' });
      evidence.sandbox.calls.push({
        ...callOf(evidence, 'booking-u-r2.r2/holdSeat'),
        key: 'booking-u-r2.r2/withdrawBooking',
      });
    },
  },
  {
    speaks: 'X8',
    when: 'a run ended with its attention still open',
    naming: 'booking-u-r1.r1',
    change: (evidence) => {
      const open = { ...attention, raisedAfterMs: 5, settled: false, settledByHand: false };
      runOf(evidence, 'booking-u-r1.r1').attention.push(open);
    },
  },
  {
    speaks: 'X8',
    when: 'attention was raised without an owner',
    naming: 'booking-u-r1.r1',
    change: (evidence) => {
      const unowned = { ...attention, owner: null, raisedAfterMs: 5, settled: true, settledByHand: false };
      runOf(evidence, 'booking-u-r1.r1').attention.push(unowned);
    },
  },
  {
    speaks: 'X8',
    when: 'attention was raised two minutes after the fault',
    naming: '120000',
    change: (evidence) => {
      const late = { ...attention, raisedAfterMs: 120_000, settled: true, settledByHand: false };
      runOf(evidence, 'booking-u-r1.r1').attention.push(late);
    },
  },
];
