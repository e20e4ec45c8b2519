import { bookingId, BookRide, CancelBooking, type BookRideInput, rideKeyOf } from '@longhaul/contracts';
import { bookingService, createHttp, type ConfirmRequest } from '@longhaul/service-clients';
import { House } from '@longhaul/testing';
import { dayMs } from '@longhaul/workflow-kit';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { aCancellation, aRide, bookingWorkers, bookRide } from '../booking.fixture.ts';
import { idsOf } from './book-ride.rules.ts';

describe('a request that had its ride, and runs again', () => {
  // Not held against the invariants as others are: they know of one run for each id. What counts here is that nothing changes.
  let open: House;
  beforeAll(async () => {
    open = await House.open(await bookingWorkers());
    return () => open.close();
  });
  afterEach(() => open.sandbox.faults.clear());
  const house = () => open;

  /** What the services did for this request: nothing of it may change. */
  const done = async ({ requestId }: BookRideInput) =>
    (await house().sandbox.evidence()).journal.filter((entry) => JSON.stringify(entry).includes(requestId));

  const again = async (ride: BookRideInput) => (await house().start(BookRide, ride, { afterRetention: true })).result();

  it('and whose cancellation was asked for before it is given back when that is asked for again', async () => {
    const ride = await aRide(house());
    const early = await house().start(CancelBooking, aCancellation(ride));
    expect(await early.result()).toMatchObject({ status: 'not-found' });
    await (await house().start(BookRide, ride)).result();
    // What was not found has decided nothing: our client starts it anew, as after the retention.
    expect(CancelBooking.startsAnewAfter).toEqual(['not-found']);
    const again = await house().start(CancelBooking, aCancellation(ride), { afterRetention: true });
    expect(await again.result()).toMatchObject({ status: 'cancelled', refund: ride.fare, notice: 'sent' });
  });

  describe.each([
    ['while the services know its keys', () => Promise.resolve()],
    ['when the services have forgotten its keys', () => house().sandbox.forgetKeys()],
  ])('%s', (_when, forgetKeys) => {
    beforeAll(async () => {
      const outer = open;
      open = await House.open(await bookingWorkers());
      return async () => {
        await open.close();
        open = outer;
      };
    });

    it('gives nothing back of a booking that was cancelled since', async () => {
      const { ride } = await bookRide(house(), {
        departureAt: new Date(house().nowMs() + dayMs / 2).toISOString(),
      });
      const cancelled = await (await house().start(CancelBooking, aCancellation(ride))).result();
      expect(cancelled).toMatchObject({ status: 'cancelled', refundPercent: 50 });
      await forgetKeys();
      const before = await done(ride);
      expect(await again(ride)).toMatchObject({ status: 'cancelled', givenBack: { refund: null } });
      expect(await done(ride)).toEqual(before);
    });

    it('with another ride is refused, and says nothing of the first one', async () => {
      const { ride } = await bookRide(house());
      await forgetKeys();
      const before = await done(ride);
      const outcome = await again({ ...(await aRide(house())), requestId: ride.requestId });
      expect(outcome).toMatchObject({ status: 'failed', step: 'holdSeat', code: 'made-before' });
      expect(await done(ride)).toEqual(before);
    });

    it("of another user's letters is that user's own", async () => {
      const { ride } = await bookRide(house());
      await forgetKeys();
      const { requestId } = ride;
      expect(await again(await aRide(house(), { requestId, user: 'u-eve' }))).toMatchObject({ status: 'confirmed' });
    });

    it('that ended without a booking does not begin anew', async () => {
      const { ride } = await bookRide(house(), { user: 'u-declined' });
      await forgetKeys();
      const before = await done(ride);
      expect(await again(ride)).toMatchObject({ status: 'failed', step: 'holdSeat', code: 'made-before' });
      expect(await done(ride)).toEqual(before);
    });

    it('is cancelled before it begins, and takes nothing back', async () => {
      const { ride } = await bookRide(house());
      await forgetKeys();
      const before = await done(ride);
      const cancelled = await house().start(BookRide, ride, {
        afterRetention: true,
        firstSignal: { name: 'cancel', input: {} },
      });
      expect(await cancelled.result()).toMatchObject({ status: 'cancelled', givenBack: { refund: null } });
      expect(await done(ride)).toEqual(before);
    });

    it('after a reset ends as it had ended, also when a cancel that came too late is said again', async () => {
      const ride = await aRide(house());
      house().atCall('before', `${BookRide.id.of(ride)}/notifyPassenger`, async () => {
        await house().client.workflow.getHandle(BookRide.id.of(ride)).signal('cancel', { reason: 'changed my mind' });
      });
      const run = await house().start(BookRide, ride);
      const outcome = await run.result();
      expect(outcome).toMatchObject({ status: 'confirmed' });
      await forgetKeys();
      await house().reset(run);
      expect(await house().client.workflow.getHandle(run.workflowId).result()).toMatchObject({ status: 'confirmed' });
      const { journal } = await house().sandbox.evidence();
      expect(journal.filter(({ effect }) => effect === 'booking-cancelled')).not.toContainEqual(
        expect.objectContaining({ bookingId: bookingId.of(rideKeyOf(ride)) }),
      );
    });

    // Last, as it moves the clock of this house.
    it.each([
      ['before departure', 0],
      ['after departure', 3 * dayMs],
    ])('is answered with what was decided: %s', async (_moment, laterMs) => {
      const { ride, outcome } = await bookRide(house());
      await forgetKeys();
      house().later(laterMs);
      const before = await done(ride);
      expect(await again(ride)).toEqual({ ...outcome, notice: 'none' });
      expect(await done(ride)).toEqual(before);
    });
  });
});

describe('a ride whose worker was away for eight minutes after it had confirmed', () => {
  it('goes on from the booking that it finds, though the hold has no time left', async () => {
    const house = await House.open(await bookingWorkers(), { servicesBehindMs: 9 * 60_000 });
    const ride = await aRide(house);
    const { workflowId, keyed } = callsOf(house, ride);
    // What the killed worker's local attempt did, and no history tells.
    house.atCall('before', `${workflowId}/renewHold`, async () => {
      const { holdId, chargeId } = idsOf(rideKeyOf(ride));
      const { runId: madeBy } = await house.client.workflow.getHandle(workflowId).describe();
      const booking = { bookingId: bookingId.of(rideKeyOf(ride)), madeBy, holdId, chargeId, fare: ride.fare };
      await keyed('confirmBooking', booking);
    });
    const run = await house.start(BookRide, ride);
    expect(await run.result()).toMatchObject({ status: 'confirmed', notice: 'sent' });
    expect(house.callsThatNeverCame).toEqual([]);
    await house.close();
  });
});

function callsOf(house: House, ride: BookRideInput) {
  const workflowId = BookRide.id.of(ride);
  const booking = bookingService(
    createHttp({ service: 'booking', baseUrl: house.sandbox.urls.booking, timeoutMs: 2_000 }),
  );
  return {
    workflowId,
    keyed: (step: string, request: ConfirmRequest) =>
      booking.confirm(request, { key: `${workflowId}/${step}`, correlationId: workflowId }),
  };
}
