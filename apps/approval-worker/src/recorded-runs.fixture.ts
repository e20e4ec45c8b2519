import { Approval, type ApprovalInput } from '@longhaul/contracts';
import type { House, WorkerUnderTest } from '@longhaul/testing';
import {
  playThrough,
  refuse,
  retry,
  settled,
  seeThrough,
  type Play,
  type RecordedRun,
} from '@longhaul/testing/histories';
import type { WorkflowHandle } from '@temporalio/client';
import {
  approvalWorkers,
  aRequest,
  aStage,
  policyOf,
  rejectsAfter,
  say,
  startRequest,
  untilAsked,
} from './approval.fixture.ts';

const played = (name: string, overrides: Partial<ApprovalInput> = {}, play: Play = {}): RecordedRun => ({
  name,
  play: (house) => playThrough(house, Approval, aRequest({ requestId: `recorded-${name}`, ...overrides }), play),
});

/** A run whose clock stands, so that people can say something. */
const spoken = (
  name: string,
  speak: (run: WorkflowHandle) => Promise<unknown>,
  overrides: Partial<ApprovalInput> = {},
): RecordedRun => ({
  name,
  async play(house: House) {
    const run = await startRequest(house, aRequest({ requestId: `recorded-${name}`, ...overrides }));
    await speak(run);
    return seeThrough(house, run);
  },
});

const twoStages = policyOf(aStage(['u-boss']), aStage(['u-boss', 'u-second'], { name: 'second', quorum: 1 }));
const ladder = aStage(['u-boss', 'u-second'], {
  ladder: [
    { does: 'remind', afterSeconds: 10 },
    { does: 'add', afterSeconds: 20, who: [{ kind: 'manager' }] },
    { does: 'replace', afterSeconds: 30, who: [{ kind: 'role', role: 'finance' }] },
    rejectsAfter(40),
  ],
});
const approvesItself = aStage(['u-boss'], { ladder: [{ does: 'approve', afterSeconds: 10 }] });

export const recordedRuns: readonly RecordedRun[] = [
  spoken('approval-approved', (run) => say(run, 'approve', { by: 'u-boss', comment: 'we need them' })),
  spoken('approval-rejected', (run) => say(run, 'reject', { by: 'u-boss', reason: 'too dear' })),
  spoken('approval-withdrawn', (run) => say(run, 'withdraw', { by: 'u-ada', reason: 'not needed' })),
  spoken('approval-delegated', async (run) => {
    await say(run, 'delegate', { by: 'u-boss', to: 'u-second', reason: 'on leave' });
    await say(run, 'approve', { by: 'u-second' });
  }),
  {
    name: 'approval-in-two-stages',
    async play(house) {
      const run = await startRequest(
        house,
        aRequest({ requestId: 'recorded-approval-in-two-stages', policy: twoStages }),
      );
      await say(run, 'approve', { by: 'u-boss' });
      await untilAsked(run, 'u-second');
      await say(run, 'approve', { by: 'u-second' });
      return seeThrough(house, run);
    },
  },
  played('approval-up-the-ladder', { policy: policyOf(ladder) }),
  played('approval-approved-by-the-ladder', { policy: policyOf(approvesItself) }),
  played('approval-of-nobody', { policy: policyOf(aStage(['u-left'])) }),
  played(
    'approval-recorded-before',
    {},
    { faults: [{ key: '/recordEntry/1$', kind: 'refusal', code: 'entry-exists' }] },
  ),
  played('approval-parked-then-retried', {}, { faults: [refuse('recordEntry/2')], parked: retry }),
  played('approval-parked-then-settled', {}, { faults: [refuse('recordEntry/1')], parked: settled }),
  played(
    'approval-parked-then-settled-by-signal',
    {},
    {
      faults: [refuse('recordEntry/1')],
      parked: 'settled by signal',
    },
  ),
];

/** The workers that play them. */
export const recordedWorkers = (): Promise<WorkerUnderTest[]> => approvalWorkers();
