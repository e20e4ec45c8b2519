import { BookRide } from '@longhaul/contracts';
import { houseFor } from '@longhaul/testing';
import { describe, expect, it } from 'vitest';
import { aRide, bookingWorkers } from '../booking.fixture.ts';

describe('how long an attempt of a step may take', () => {
  const house = houseFor('cached', bookingWorkers);

  async function attemptsOf(attemptMs?: number): Promise<ReadonlySet<number>> {
    const waits = attemptMs === undefined ? {} : { waits: { attemptMs, settleMs: 1_000 } };
    const run = await house().start(BookRide, await aRide(house()), { fastPath: false, ...waits });
    expect(await run.result()).toMatchObject({ status: 'confirmed' });
    const { events } = await run.fetchHistory();
    const scheduled = (events ?? []).flatMap(({ activityTaskScheduledEventAttributes: step }) => step ?? []);
    expect(scheduled).toHaveLength(5);
    return new Set(
      scheduled.map(({ startToCloseTimeout: time }) => Number(time?.seconds) * 1_000 + (time?.nanos ?? 0) / 1e6),
    );
  }

  it('is for the story to say', async () => {
    expect(await attemptsOf()).toEqual(new Set([10_000]));
  });

  it('is shortened by what the start wrote into its memo, and never lengthened', async () => {
    expect(await attemptsOf(2_500)).toEqual(new Set([2_500]));
    expect(await attemptsOf(60_000)).toEqual(new Set([10_000]));
  });
});
