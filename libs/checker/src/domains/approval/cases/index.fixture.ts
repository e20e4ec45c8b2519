import type { DomainCases } from '../../../fixtures/domain-cases.fixture.ts';
import type { RunUnderWay, WellBehavedHouse } from '../../../fixtures/well-behaved-house.fixture.ts';
import { found, type Draftable } from '../../../fixtures/case.fixture.ts';
import type { AuditRow } from '../effects.ts';

const at = '2026-11-21T10:00:00.000Z';

const entryOf = ({ sandbox }: Draftable, recordId: string, kind: string) =>
  found(sandbox.workflowHistory, (entry) => entry.recordId === recordId && entry.kind === kind);

export const cases: DomainCases = {
  name: 'approval',
  numbers: 7,
  behaveWell: decideRequests,
  cases: [
    {
      speaks: 'approval 1',
      when: 'the run says approved, and the record says rejected',
      naming: 'approval-a1',
      change: (evidence) => (entryOf(evidence, 'approval-a1', 'ended').about = 'rejected'),
    },
    {
      speaks: 'approval 2',
      when: 'somebody decided who was not asked',
      naming: 'u-eve',
      along: ['approval 5'],
      change: (evidence) => (entryOf(evidence, 'approval-a1', 'approve').actor = 'u-eve'),
    },
    {
      speaks: 'approval 3',
      when: 'the initiator decided',
      naming: 'approval-a1',
      along: ['approval 2', 'approval 5'],
      change: (evidence) => (entryOf(evidence, 'approval-a1', 'approve').actor = 'u-initiator'),
    },
    {
      speaks: 'approval 4',
      when: 'one person decided for two',
      naming: 'u-one',
      along: ['approval 5'],
      change: ({ sandbox }) => (found(sandbox.workflowHistory, ({ actor }) => actor === 'u-two').actor = 'u-one'),
    },
    {
      speaks: 'approval 5',
      when: 'a decision that was taken is not on record',
      naming: 'approval-a1',
      change: ({ runs }) => {
        const run = found(runs, ({ workflowId }) => workflowId === 'approval-a1');
        run.updates.push({
          name: 'reject',
          input: { by: 'u-boss', reason: 'no' },
          answer: { answer: 'taken', detail: '' },
        });
      },
    },
    {
      speaks: 'approval 6',
      when: 'somebody was reminded after the ladder had ended it',
      naming: 'approval-a2',
      along: ['approval 1', 'approval 7'],
      change: (evidence) => (entryOf(evidence, 'approval-a2', 'reminded').sequence = 9),
    },
    {
      speaks: 'approval 7',
      when: 'an entry is missing',
      naming: 'approval-a2',
      change: (evidence) => {
        const { workflowHistory } = evidence.sandbox;
        workflowHistory.splice(workflowHistory.indexOf(entryOf(evidence, 'approval-a2', 'reminded')), 1);
      },
    },
  ],
};

/** Approved by one person (a1) and by two (a3), rejected by the ladder after a reminder (a2). */
function decideRequests(house: WellBehavedHouse): void {
  for (const [id, deciders] of [
    ['a1', ['u-boss']],
    ['a2', []],
    ['a3', ['u-one', 'u-two']],
  ] as const) {
    const input = { requestId: id, initiator: 'u-initiator' };
    const run = house.begin('approval', `approval-${id}`, input, { user: 'u-initiator' });
    const write = writer(house, run);
    write('requested', 'u-initiator');
    run.looked('directory', 'planStage', 'GET /people/:person', { number: 1 });
    write('stage-began', 'system', { stage: 'manager', about: deciders.join(' ') });
    for (const by of deciders) {
      write('approve', by, { stage: 'manager' });
      run.updates.push({ name: 'approve', input: { by }, answer: { answer: 'taken', detail: '' } });
    }
    if (deciders.length > 0) {
      write('ended', 'system', { about: 'approved' });
      run.end({ status: 'approved', decisions: [] });
      continue;
    }
    write('reminded', 'system', { stage: 'manager' });
    write('reject', 'system', { stage: 'manager', reason: 'nobody decided in time' });
    write('ended', 'system', { about: 'rejected' });
    run.end({ status: 'rejected', stage: 'manager', by: 'system', reason: 'nobody decided in time', decisions: [] });
  }
}

function writer(house: WellBehavedHouse, run: RunUnderWay) {
  let sequence = 0;
  return (kind: string, actor: string, more: Partial<AuditRow> = {}) => {
    sequence += 1;
    const entry = { recordId: run.workflowId, sequence, kind, actor };
    run.did('audit', 'recordEntry', { effect: 'entry-recorded', ...entry }, { number: sequence });
    const row = { ...entry, madeBy: `run-of-${run.workflowId}`, stage: null, about: null, reason: null, at, ...more };
    house.table('workflowHistory').set(`${run.workflowId} ${sequence}`, row);
  };
}
