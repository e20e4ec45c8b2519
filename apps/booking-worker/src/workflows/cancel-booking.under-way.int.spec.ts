import {
  BookRide,
  CancelBooking,
  idempotencyKey,
  type BookRideInput,
  type CancelAnswer,
  type CancelRequest,
  type ResolveAnswer,
  type ResolveRequest,
} from '@longhaul/contracts';
import { houseFor, isParked, runModes, until } from '@longhaul/testing';
import { describe, expect, it } from 'vitest';
import { aCancellation, aRide, bookingWorkers, bookRide } from '../booking.fixture.ts';

describe.each(runModes)('a booking that is cancelled while its ride is under way (%s)', (mode) => {
  const house = houseFor(mode, bookingWorkers);

  // Without a cache a run that makes room for another one loses its local attempts and waits for its task to time out.
  const options = { fastPath: mode === 'cached' };
  const keyOf = (ride: BookRideInput, step: string) => idempotencyKey(BookRide.id.of(ride), step);
  const startCancelling = (ride: BookRideInput) => house().start(CancelBooking, aCancellation(ride), options);

  /** Starts a ride and, when the call of one of its steps is there, the cancellation of what it books. */
  async function cancelAt(phase: 'before' | 'after', step: string, overrides?: Partial<BookRideInput>) {
    const ride = await aRide(house(), overrides);
    let cancelling: ReturnType<typeof startCancelling> | undefined;
    const cameTo = new Promise<void>((resolve) => {
      house().atCall(phase, keyOf(ride, step), async () => {
        cancelling = startCancelling(ride);
        const run = await cancelling;
        // Held here until the message is on its way: the ride would be over before it.
        if (step !== 'notifyPassenger') await until(run, ({ waitingFor }) => waitingFor !== null);
        resolve();
      });
    });
    const run = await house().start(BookRide, ride, options);
    await cameTo;
    const cancellation = await cancelling!;
    return { ride, run, cancellation };
  }

  const moments = ['holdSeat', 'chargeFare', 'confirmBooking', 'addToManifest'].flatMap((step) =>
    (['before', 'after'] as const).map((phase) => [phase, step] as const),
  );

  it.each(moments)('%s the effect of %s: one of the two roads gives everything back', async (phase, step) => {
    const { ride, run, cancellation } = await cancelAt(phase, step);
    const outcome = await cancellation.result();
    const ridden = await run.result();
    expect(outcome).toMatchObject({ status: 'cancelled', refundPercent: 100 });
    // Stopped in time, the ride gives back what it took; otherwise it was confirmed, and the refund rules did.
    expect(['cancelled', 'confirmed']).toContain(ridden.status);
    if (ridden.status === 'cancelled') {
      expect(outcome).toMatchObject({ refund: ridden.givenBack.refund, notice: ridden.notice });
    } else {
      expect(outcome).toMatchObject({ refund: ride.fare, notice: 'sent' });
    }
  });

  it('is stopped there, and gets everything back by the ride itself', async () => {
    const ride = await aRide(house());
    house().sandbox.faults.set({ seed: 1, rules: [{ key: '/addToManifest$', kind: 'error-before-commit' }] });
    const run = await house().start(BookRide, ride, options);
    await until(run, ({ waitingFor }) => waitingFor?.step === 'addToManifest');
    const cancellation = await startCancelling(ride);
    expect(await cancellation.result()).toEqual({
      status: 'cancelled',
      ...aCancellation(ride),
      refund: ride.fare,
      refundPercent: 100,
      notice: 'sent',
      settledByHand: [],
    });
    expect(await run.result()).toMatchObject({ status: 'cancelled', reason: 'booking cancelled' });
  });

  it('while the passenger is being told that it is confirmed takes the normal road', async () => {
    const { ride, run, cancellation } = await cancelAt('before', 'notifyPassenger');
    expect(await cancellation.result()).toMatchObject({ status: 'cancelled', refund: ride.fare, notice: 'sent' });
    expect(await run.result()).toMatchObject({ status: 'confirmed', notice: 'sent' });
  });

  it('before the passenger could be told that it is confirmed tells only that it is cancelled', async () => {
    const ride = await aRide(house());
    const down = { key: `^${keyOf(ride, 'notifyPassenger')}$`, kind: 'error-before-commit' } as const;
    house().sandbox.faults.set({ seed: 1, rules: [down] });
    // Its time stands: it would skip through all its tries before the cancellation comes.
    const run = await house().start(BookRide, ride, { ...options, time: 'stands' });
    await until(run, ({ waitingFor }) => waitingFor?.step === 'notifyPassenger');
    const cancellation = await startCancelling(ride);
    expect(await cancellation.result()).toMatchObject({ status: 'cancelled', refund: ride.fare, notice: 'sent' });
    house().sandbox.faults.clear();
    expect(await run.result()).toMatchObject({ status: 'confirmed', notice: 'given-up' });
    const { journal } = await house().sandbox.evidence();
    const told = journal.filter(({ effect, key }) => effect === 'notice-sent' && key?.includes(ride.requestId));
    expect(told).toMatchObject([{ template: 'booking-cancelled' }]);
  });

  it.each(['takeOffManifest', 'releaseSeat'])('while a refused ride is at %s is no booking to cancel', async (undo) => {
    const { run, cancellation } = await cancelAt('before', undo, { bus: 'b-closed' });
    expect(await cancellation.result()).toMatchObject({ status: 'not-cancellable', reason: 'not-confirmed' });
    expect(await run.result()).toMatchObject({ status: 'refused', givenBack: { seatReleased: true } });
  });

  it('lets a ride that was cancelled before take everything back by itself, and answers what that was', async () => {
    const ride = await aRide(house());
    house().sandbox.faults.set({
      seed: 1,
      rules: [{ key: '/(addToManifest|takeOffManifest)$', kind: 'error-before-commit' }],
    });
    const run = await house().start(BookRide, ride, options);
    await until(run, ({ waitingFor }) => waitingFor?.step === 'addToManifest');
    await run.executeUpdate<CancelAnswer, [CancelRequest]>('cancel', { args: [{ reason: 'too dear' }] });
    await until(run, ({ waitingFor }) => waitingFor?.step === 'takeOffManifest');
    const cancellation = await startCancelling(ride);
    await until(cancellation, ({ waitingFor }) => waitingFor?.step === 'stopBookingUnderWay');
    house().sandbox.faults.clear();
    expect(await cancellation.result()).toMatchObject({ status: 'cancelled', refund: ride.fare, refundPercent: 100 });
    expect(await run.result()).toMatchObject({ status: 'cancelled', givenBack: { refund: ride.fare } });
  });

  it('waits for a ride whose own undo needs a person, and then answers what it gave back', async () => {
    const ride = await aRide(house());
    house().sandbox.faults.set({
      seed: 1,
      rules: [
        { key: `^${keyOf(ride, 'addToManifest')}$`, kind: 'error-before-commit' },
        { key: `^${keyOf(ride, 'refundFare')}$`, kind: 'refusal' },
      ],
    });
    const run = await house().start(BookRide, ride, options);
    await until(run, ({ waitingFor }) => waitingFor?.step === 'addToManifest');
    const cancellation = await startCancelling(ride);
    await until(run, isParked);
    await secondAttempt(cancellation);
    expect(await until(cancellation, ({ state }) => state === 'working')).toMatchObject({
      waitingFor: { step: 'stopBookingUnderWay' },
    });
    house().sandbox.faults.clear();
    const retry: ResolveRequest = { action: 'retry', by: 'Grace' };
    expect(await run.executeUpdate<ResolveAnswer, [ResolveRequest]>('resolve', { args: [retry] })).toMatchObject({
      resolved: true,
    });
    expect(await cancellation.result()).toMatchObject({ status: 'cancelled', refund: ride.fare, notice: 'sent' });
  });

  it("is not stopped half-way by Temporal's own cancellation", async () => {
    const { ride } = await bookRide(house());
    const key = idempotencyKey(CancelBooking.id.of(aCancellation(ride)), 'withdrawBooking');
    house().atCall('after', key, async () => {
      await house()
        .client.workflow.getHandle(CancelBooking.id.of(aCancellation(ride)))
        .cancel();
    });
    const cancellation = await startCancelling(ride);
    expect(await cancellation.result()).toMatchObject({ status: 'cancelled', refund: ride.fare, notice: 'sent' });
  });

  it('has no message to stop it: Temporal refuses what the contract does not have', async () => {
    const { ride } = await bookRide(house());
    const key = idempotencyKey(CancelBooking.id.of(aCancellation(ride)), 'takeOffManifest');
    let refusal: Promise<unknown> | undefined;
    house().atCall('before', key, async () => {
      const handle = house().client.workflow.getHandle(CancelBooking.id.of(aCancellation(ride)));
      refusal = handle.executeUpdate('cancel').catch((error: unknown) => error);
      await refusal;
    });
    const cancellation = await startCancelling(ride);
    expect(await cancellation.result()).toMatchObject({ status: 'cancelled' });
    expect(String(((await refusal) as Error).cause)).toMatch(/No registered handler|not registered/i);
  });

  /** Until the first attempt at stopping the ride has ended without an end of the ride. */
  async function secondAttempt(cancellation: Awaited<ReturnType<typeof startCancelling>>): Promise<void> {
    const attempt = async () => (await cancellation.describe()).raw.pendingActivities?.[0]?.attempt ?? 1;
    await expect.poll(attempt, { timeout: 15_000, interval: 100 }).toBeGreaterThan(1);
  }
});
