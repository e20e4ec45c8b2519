import { Queue } from '@longhaul/contracts';
import { replaySpec } from '@longhaul/testing';
import { brokenReplays, readHistories, storiesOf } from '@longhaul/testing/histories';
import { expect, it } from 'vitest';

const histories = new URL('../../histories/', import.meta.url);

replaySpec({ queue: Queue.payment, workflows: new URL('./index.ts', import.meta.url), histories });

it('a story that completes before it charges is refused by the recorded payments', async () => {
  const { bundle } = await storiesOf(new URL('./completed-first.fixture.ts', import.meta.url));
  const payments = readHistories(histories).filter(({ name }) =>
    ['payment-completed', 'payment-completed-patient'].includes(name),
  );
  const broken = await brokenReplays(bundle, payments);
  expect(broken).toEqual([
    expect.stringMatching(/^payment-completed-patient: DeterminismViolationError: .*'chargeCard' does not match/s),
    expect.stringMatching(/^payment-completed: DeterminismViolationError: .*'chargeCard' does not match/s),
  ]);
});
