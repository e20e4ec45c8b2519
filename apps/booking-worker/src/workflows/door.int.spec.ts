import { BookRide } from '@longhaul/contracts';
import { houseFor, runModes } from '@longhaul/testing';
import { describe, expect, it } from 'vitest';
import { aRide, bookingWorkers } from '../booking.fixture.ts';

describe.each(runModes)("a ride's door (%s)", (mode) => {
  const house = houseFor(mode, bookingWorkers);

  it('refuses a departure in a year that nobody downstream can write', async () => {
    const run = await house().start(BookRide, {
      ...(await aRide(house())),
      departureAt: '9999-12-31T23:59:59-01:00',
    });
    const failure: unknown = await run.result().catch((error: unknown) => error);
    expect(failure).toMatchObject({
      cause: { type: 'InvalidInput', message: expect.stringContaining('/departureAt') },
    });
  });

  it.each(['La\0gos', 'Lagos\ud83d'])('refuses a town that no notice can name: %j', async (from) => {
    const run = await house().start(BookRide, { ...(await aRide(house())), segment: { from, to: 'Ibadan' } });
    const failure: unknown = await run.result().catch((error: unknown) => error);
    expect(failure).toMatchObject({
      cause: { type: 'InvalidInput', message: expect.stringContaining('/segment/from') },
    });
  });

  it('takes a ride in the last of these years, and lists it at once', async () => {
    const run = await house().start(BookRide, await aRide(house(), { departureAt: '9999-12-31T23:59:59Z' }));
    expect(await run.result()).toMatchObject({ status: 'confirmed' });
  });
});
