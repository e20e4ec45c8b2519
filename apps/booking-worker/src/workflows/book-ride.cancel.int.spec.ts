import {
  answerTo,
  BookRide,
  idempotencyKey,
  type BookRideInput,
  type CancelAnswer,
  type CancelRequest,
  type GivenBack,
} from '@longhaul/contracts';
import { houseFor, runModes } from '@longhaul/testing';
import { describe, expect, it } from 'vitest';
import { aRide, bookingWorkers } from '../booking.fixture.ts';

describe.each(runModes)('a ride that is cancelled (%s)', (mode) => {
  const house = houseFor(mode, bookingWorkers);

  const runOf = (ride: BookRideInput) => house().client.workflow.getHandle(BookRide.id.of(ride));
  const cancel = (ride: BookRideInput) =>
    answerTo(
      runOf(ride).executeUpdate<CancelAnswer, [CancelRequest]>('cancel', { args: [{ reason: 'changed my mind' }] }),
    );

  const steps = ['holdSeat', 'chargeFare', 'confirmBooking', 'addToManifest'] as const;
  const moments = steps.flatMap((step) => (['before', 'after'] as const).map((phase) => [phase, step] as const));

  describe.each([true, false])('with the fast path: %s', (fastPath) => {
    it.each(moments)('%s the effect of %s is told so at once, and gets everything back', async (phase, step) => {
      const ride = await aRide(house());
      let answer: Promise<CancelAnswer> | undefined;
      house().atCall(phase, idempotencyKey(BookRide.id.of(ride), step), async () => {
        answer = cancel(ride);
        // A message waits behind local attempts; a regular activity's call is held here until it has been answered.
        if (!fastPath || step === 'addToManifest') await answer;
      });
      const run = await house().start(BookRide, ride, { fastPath });
      const outcome = await run.result();
      expect(await answer).toEqual({ answer: 'accepted' });
      expect(outcome).toMatchObject({
        status: 'cancelled',
        reason: 'changed my mind',
        givenBack: { seatReleased: true },
      });
      // A fast ride may have paid before it hears of the cancel; a patient one hears of it first.
      const refunds = step !== 'holdSeat' ? [ride.fare] : fastPath ? [null, ride.fare] : [null];
      expect(refunds).toContainEqual((outcome as { givenBack?: GivenBack }).givenBack?.refund);
    });
  });

  it('before its first step takes back what a killed worker may have done', async () => {
    const ride = await aRide(house());
    const run = await house().start(BookRide, ride, { firstSignal: { name: 'cancel', input: { reason: 'too dear' } } });
    expect(await run.result()).toMatchObject({
      status: 'cancelled',
      reason: 'too dear',
      givenBack: { refund: null, seatReleased: true },
    });
  });

  it('while the passenger is being told comes too late, and hears what to do instead', async () => {
    const ride = await aRide(house());
    let answer: Promise<CancelAnswer> | undefined;
    house().atCall('before', idempotencyKey(BookRide.id.of(ride), 'notifyPassenger'), async () => {
      answer = cancel(ride);
      await answer;
    });
    const run = await house().start(BookRide, ride, { fastPath: false });
    expect(await run.result()).toMatchObject({ status: 'confirmed', notice: 'sent' });
    expect(await answer).toEqual({
      answer: 'too-late',
      detail: `It is already decided: confirmed. ${BookRide.http.whenFinished}`,
    });
  });
});
