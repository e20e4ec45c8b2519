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

  it('at the manifest, which then fails for good, asks nobody what to do next', async () => {
    const ride = await aRide(house());
    house().sandbox.faults.set({ seed: 1, rules: [{ key: '/addToManifest$', kind: 'refusal' }] });
    house().atCall('before', idempotencyKey(BookRide.id.of(ride), 'addToManifest'), async () => {
      await cancel(ride);
    });
    const run = await house().start(BookRide, ride);
    expect(await run.result()).toMatchObject({ status: 'cancelled', givenBack: { refund: ride.fare } });
    const { events } = await run.fetchHistory();
    expect(events?.filter(({ upsertWorkflowSearchAttributesEventAttributes: parked }) => parked)).toEqual([]);
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

  it('by a signal, in the middle, ends the same', async () => {
    const ride = await aRide(house());
    house().atCall('after', idempotencyKey(BookRide.id.of(ride), 'chargeFare'), () =>
      runOf(ride).signal('cancel', { reason: 'by signal' }),
    );
    const run = await house().start(BookRide, ride);
    expect(await run.result()).toMatchObject({
      status: 'cancelled',
      reason: 'by signal',
      givenBack: { refund: ride.fare },
    });
  });

  it("by Temporal's own cancellation takes the same road", async () => {
    const ride = await aRide(house());
    house().atCall('after', idempotencyKey(BookRide.id.of(ride), 'confirmBooking'), async () => {
      await runOf(ride).cancel();
    });
    const run = await house().start(BookRide, ride);
    expect(await run.result()).toMatchObject({
      status: 'cancelled',
      reason: 'cancelled in Temporal',
      givenBack: { refund: ride.fare, seatReleased: true },
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

  it('while it is being undone comes too late: it ends as what it was undone for', async () => {
    const ride = await aRide(house(), { bus: 'b-closed' });
    let answer: Promise<CancelAnswer> | undefined;
    house().atCall('before', idempotencyKey(BookRide.id.of(ride), 'refundFare'), async () => {
      answer = cancel(ride);
      await answer;
    });
    const run = await house().start(BookRide, ride, { fastPath: false });
    expect(await run.result()).toMatchObject({ status: 'refused', reason: 'trip-closed' });
    expect(await answer).toMatchObject({ answer: 'too-late' });
  });

  it('twice at once is cancelled once, and both are told so', async () => {
    const ride = await aRide(house());
    const answers: Promise<CancelAnswer>[] = [];
    house().atCall('after', idempotencyKey(BookRide.id.of(ride), 'holdSeat'), () => {
      answers.push(cancel(ride), cancel(ride));
    });
    const run = await house().start(BookRide, ride);
    expect(await run.result()).toMatchObject({ status: 'cancelled' });
    expect(await Promise.all(answers)).toEqual([{ answer: 'accepted' }, { answer: 'accepted' }]);
  });

  it('with a message that cannot be read is refused by name, and goes on', async () => {
    const ride = await aRide(house());
    let answer: Promise<unknown> | undefined;
    house().atCall('before', idempotencyKey(BookRide.id.of(ride), 'chargeFare'), () => {
      answer = runOf(ride)
        .executeUpdate('cancel', { args: [{ reason: 7 }] as never })
        .catch((error: unknown) => error);
    });
    const run = await house().start(BookRide, ride);
    expect(await run.result()).toMatchObject({ status: 'confirmed' });
    expect(await answer).toMatchObject({
      cause: { type: 'InvalidInput', message: expect.stringContaining('/reason') },
    });
  });
});
