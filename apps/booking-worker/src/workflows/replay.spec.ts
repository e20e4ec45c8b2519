import { Queue } from '@longhaul/contracts';
import { replaySpec } from '@longhaul/testing';
import { brokenReplays, readHistories, storiesOf } from '@longhaul/testing/histories';
import { expect, it } from 'vitest';

const histories = new URL('../../histories/', import.meta.url);

replaySpec({ queue: Queue.booking, workflows: new URL('./index.ts', import.meta.url), histories });

it('a story that charges before it holds is refused by the recorded rides', async () => {
  const { bundle } = await storiesOf(new URL('./charged-first.fixture.ts', import.meta.url));
  const rides = readHistories(histories).filter(({ name }) =>
    ['ride-confirmed', 'ride-confirmed-patient'].includes(name),
  );
  const broken = await brokenReplays(bundle, rides);
  expect(broken).toEqual([
    expect.stringMatching(/^ride-confirmed-patient: DeterminismViolationError: .*'holdSeat' does not match/s),
    expect.stringMatching(/^ride-confirmed: DeterminismViolationError: .*'holdSeat' does not match/s),
  ]);
});
