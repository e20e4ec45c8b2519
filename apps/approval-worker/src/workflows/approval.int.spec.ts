import { Approval, type ApprovalOutcome } from '@longhaul/contracts';
import { House, houseFor, runModes } from '@longhaul/testing';
import { describe, expect, it } from 'vitest';
import {
  approvalWorkers,
  aRequest,
  aStage,
  person,
  policyOf,
  rejectsAfter,
  say,
  startRequest,
  untilAsked,
} from '../approval.fixture.ts';

const minuteMs = 60_000;

describe.each(runModes)('a request for approval (%s)', (mode) => {
  const house = houseFor(mode, approvalWorkers);
  const entries = async ({ workflowId }: { workflowId: string }) =>
    (await house().sandbox.evidence()).workflowHistory
      .filter(({ recordId }) => recordId === workflowId)
      .map(({ kind, actor, about }) => [kind, actor, about].filter(Boolean).join(' '));
  const noticesTo = async (user: string) =>
    (await house().sandbox.evidence()).journal.flatMap((row) =>
      row.effect === 'notice-sent' && row.user === user ? [row.template] : [],
    );

  it('is approved by the person who is asked, and everything is on record', async () => {
    const run = await startRequest(house());
    expect(await say(run, 'approve', { by: 'u-boss', comment: 'fine' })).toMatchObject({ answer: 'taken' });
    expect(await run.result()).toMatchObject({
      status: 'approved',
      decisions: [{ stage: 'first', by: 'u-boss', insteadOf: null, vote: 'approve', reason: 'fine' }],
    });
    expect(await entries(run)).toEqual([
      'requested u-ada',
      'stage-began system u-boss',
      'approve u-boss',
      'ended system approved',
    ]);
  });

  it('ends with the first rejection, whose reason is told', async () => {
    const run = await startRequest(house(), aRequest({ policy: policyOf(aStage(['u-boss', 'u-second'])) }));
    await say(run, 'reject', { by: 'u-second', reason: 'too dear' });
    expect(await run.result()).toMatchObject({ status: 'rejected', by: 'u-second', reason: 'too dear' });
  });

  it('goes on after a rejection where the policy says so, until its quorum is lost', async () => {
    const stage = aStage(['u-1', 'u-2', 'u-3'], { quorum: 2, oneRejectionEnds: false });
    const run = await startRequest(house(), aRequest({ policy: policyOf(stage) }), 'u-1');
    await say(run, 'reject', { by: 'u-1', reason: 'no' });
    await say(run, 'approve', { by: 'u-2' });
    await say(run, 'reject', { by: 'u-3', reason: 'no' });
    expect(await run.result()).toMatchObject({ status: 'rejected', by: 'u-3' });
  });

  it('asks stage after stage', async () => {
    const policy = policyOf(aStage(['u-boss']), aStage(['u-second'], { name: 'second' }));
    const run = await startRequest(house(), aRequest({ policy }));
    expect(await say(run, 'approve', { by: 'u-second' })).toMatchObject({ code: 'not-an-approver' });
    await say(run, 'approve', { by: 'u-boss' });
    await untilAsked(run, 'u-second');
    await say(run, 'approve', { by: 'u-second' });
    expect(await run.result()).toMatchObject({
      status: 'approved',
      decisions: [{ stage: 'first' }, { stage: 'second' }],
    });
  });

  it('counts the same decision once, and refuses a contrary one', async () => {
    const run = await startRequest(house(), aRequest({ policy: policyOf(aStage(['u-boss', 'u-second'])) }));
    await say(run, 'approve', { by: 'u-boss' });
    expect(await say(run, 'approve', { by: 'u-boss' })).toMatchObject({ answer: 'taken-before' });
    expect(await say(run, 'reject', { by: 'u-boss', reason: 'no' })).toMatchObject({ code: 'decided-already' });
    await say(run, 'approve', { by: 'u-second' });
    expect(await run.result()).toMatchObject({ status: 'approved' });
  });

  it.each([
    ['the initiator', { by: 'u-ada' }, 'own-request'],
    ['somebody who is not asked', { by: 'u-eve' }, 'not-an-approver'],
    ['somebody who was shown another request', { by: 'u-boss', digest: 'b'.repeat(64) }, 'other-digest'],
  ])('takes no decision of %s', async (_who, message, code) => {
    const run = await startRequest(house());
    expect(await say(run, 'approve', message)).toMatchObject({ answer: 'refused', code });
    await say(run, 'withdraw', { by: 'u-ada', reason: 'enough' });
    await run.result();
  });

  it('never asks the initiator, whoever the policy names', async () => {
    const policy = policyOf(aStage(['u-ada', 'u-boss']));
    const run = await startRequest(house(), aRequest({ policy }));
    await say(run, 'approve', { by: 'u-boss' });
    expect(await run.result()).toMatchObject({ status: 'approved' });
  });

  it('takes the decision of a delegate, and none of who has delegated', async () => {
    const run = await startRequest(house());
    expect(await say(run, 'delegate', { by: 'u-boss', to: 'u-ada', reason: 'x' })).toMatchObject({
      code: 'own-request',
    });
    await say(run, 'delegate', { by: 'u-boss', to: 'u-second', reason: 'on leave' });
    expect(await say(run, 'approve', { by: 'u-boss' })).toMatchObject({ code: 'delegated-away' });
    await say(run, 'approve', { by: 'u-second' });
    expect(await run.result()).toMatchObject({ decisions: [{ by: 'u-second', insteadOf: 'u-boss' }] });
  });

  it('asks who acts for an absent person, through a chain, and counts a person once', async () => {
    const policy = policyOf(aStage(['u-away-7', 'u-deputy-7']));
    const run = await startRequest(house(), aRequest({ policy }), 'u-deputy-7');
    await say(run, 'approve', { by: 'u-deputy-7' });
    expect(await run.result()).toMatchObject({
      status: 'approved',
      decisions: [{ by: 'u-deputy-7', insteadOf: null }],
    });
  });

  it.each(['u-left', 'u-circle', 'u-unreachable'])('fails if nobody is there to decide [%s]', async (nobody) => {
    const run = await house().start(Approval, aRequest({ policy: policyOf(aStage([nobody])) }));
    expect(await run.result()).toMatchObject({ status: 'failed', code: 'nobody-to-decide' });
  });

  it('asks the fallback if nobody is there', async () => {
    const stage = aStage(['u-left'], { fallback: [person('u-boss')] });
    const run = await startRequest(house(), aRequest({ policy: policyOf(stage) }));
    await say(run, 'approve', { by: 'u-boss' });
    expect(await run.result()).toMatchObject({ status: 'approved' });
  });

  it('climbs the ladder at its moments: reminds, asks others, and ends', async () => {
    const name = `u-slow-${crypto.randomUUID().slice(0, 8)}`;
    const stage = aStage([name], {
      ladder: [
        { does: 'remind', afterSeconds: 600 },
        { does: 'replace', afterSeconds: 1200, who: [person('u-second')] },
        rejectsAfter(1800),
      ],
    });
    const run = await startRequest(house(), aRequest({ policy: policyOf(stage) }), name);
    await house().pass(run, 10 * minuteMs + 1_000);
    await expect.poll(() => noticesTo(name)).toEqual(['approval-asked', 'approval-reminder']);
    await house().pass(run, 10 * minuteMs);
    await untilAsked(run, 'u-second');
    expect(await say(run, 'approve', { by: name })).toMatchObject({ code: 'replaced' });
    await house().pass(run, 10 * minuteMs);
    const outcome: ApprovalOutcome = await run.result();
    expect(outcome).toMatchObject({ status: 'rejected', by: 'system' });
    expect((await entries(run)).map((entry) => entry.split(' ')[0])).toEqual([
      'requested',
      'stage-began',
      'reminded',
      'escalated',
      'reject',
      'ended',
    ]);
  });

  it('is withdrawn before it is decided, and not afterwards', async () => {
    const run = await startRequest(house());
    expect(await say(run, 'withdraw', { by: 'u-ada', reason: 'not needed' })).toMatchObject({ answer: 'taken' });
    expect(await run.result()).toMatchObject({ status: 'withdrawn', reason: 'not needed', decisions: [] });
  });

  it('that is cancelled in Temporal counts as withdrawn', async () => {
    const run = await startRequest(house());
    await run.cancel();
    expect(await run.result()).toMatchObject({ status: 'withdrawn', reason: 'cancelled in Temporal' });
    expect(await entries(run)).toContain('withdrawn system');
  });
});

// Not held against the invariants as others are: they know of one run for each id.
it('a request that runs again when Temporal has forgotten it ends as the first run did', async () => {
  const house = await House.open(await approvalWorkers());
  try {
    const input = aRequest();
    const run = await startRequest(house, input);
    await say(run, 'approve', { by: 'u-boss' });
    const outcome = await run.result();
    await house.sandbox.forgetKeys();
    const { journal } = await house.sandbox.evidence();
    const again = await house.start(Approval, input, { afterRetention: true });
    expect(await again.result()).toEqual(outcome);
    expect((await house.sandbox.evidence()).journal).toEqual(journal);
  } finally {
    await house.close();
  }
});
