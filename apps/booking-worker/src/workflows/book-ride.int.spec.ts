import { BookRide, type BookRideInput, rideKeyOf } from '@longhaul/contracts';
import { houseFor, runModes } from '@longhaul/testing';
import { describe, expect, it } from 'vitest';
import { aRide, bookingWorkers, bookRide } from '../booking.fixture.ts';

describe.each(runModes)('a ride (%s)', (mode) => {
  const house = houseFor(mode, bookingWorkers);

  const book = (overrides?: Partial<BookRideInput>) => bookRide(house(), overrides);

  it('that goes well ends confirmed, with seat, reference, charge and notice', async () => {
    const { ride, outcome } = await book();
    expect(outcome).toEqual({
      status: 'confirmed',
      bookingId: `bk-${rideKeyOf(ride)}`,
      reference: expect.stringMatching(/^[A-Z0-9]{6}$/),
      seat: expect.any(String),
      chargeId: `charge-${rideKeyOf(ride)}`,
      notice: 'sent',
    });
  });

  it('that goes well without the fast path ends the same', async () => {
    const run = await house().start(BookRide, await aRide(house()), { fastPath: false });
    expect(await run.result()).toMatchObject({ status: 'confirmed', notice: 'sent' });
  });

  it.each([
    ['u-declined', 'card-declined'],
    ['u-broke', 'insufficient-funds'],
  ])('of %s ends declined (%s), and the seat is free again', async (user, reason) => {
    const { outcome } = await book({ user });
    expect(outcome).toMatchObject({
      status: 'declined',
      reason,
      givenBack: { refund: null, seatReleased: true },
      notice: 'none',
    });
  });

  it('on a bus that has left is not sold, and nothing is held or charged', async () => {
    const hourAgo = new Date(house().nowMs() - 3_600_000).toISOString();
    const { run, outcome } = await book({ departureAt: hourAgo });
    expect(outcome).toMatchObject({ status: 'departed', givenBack: { refund: null }, notice: 'none' });
    const { calls } = await house().sandbox.evidence();
    const asked = calls.flatMap(({ key }) => (key?.startsWith(`${run.workflowId}/`) ? [key.split('/')[1]] : []));
    // A killed worker may have been further than this history tells; see the kills.
    expect(asked.toSorted()).toEqual(['refundFare', 'releaseSeat', 'withdrawBooking']);
  });

  it.each([true, false])('tries again when a service asks for no pause at all (fast path %s)', async (fastPath) => {
    house().sandbox.faults.set({
      seed: 1,
      rules: [{ key: '/chargeFare$', kind: 'too-many-requests', retryAfterSeconds: 0, attempts: { to: 3 } }],
    });
    const run = await house().start(BookRide, await aRide(house()), { fastPath });
    expect(await run.result()).toMatchObject({ status: 'confirmed' });
  });

  it('waits for a request with the same key that is still at work', async () => {
    house().sandbox.faults.set({
      seed: 1,
      rules: [{ key: '/(holdSeat|chargeFare|addToManifest)$', kind: 'in-progress', attempts: { to: 2 } }],
    });
    const { outcome } = await book();
    expect(outcome).toMatchObject({ status: 'confirmed' });
  });

  it('on a full bus ends sold out, and nothing is charged', async () => {
    const { ride, outcome } = await book({ bus: 'b-full' });
    expect(outcome).toMatchObject({ status: 'sold-out', givenBack: { refund: null }, notice: 'none' });
    const { journal } = await house().sandbox.evidence();
    expect(
      journal.filter((entry) => entry.effect === 'charge-captured' && entry.user === ride.user),
    ).not.toContainEqual(expect.objectContaining({ chargeId: `charge-${rideKeyOf(ride)}` }));
  });

  it.each([
    ['b-closed', 'trip-closed'],
    ['b-cancelled', 'trip-cancelled'],
    ['b-full-manifest', 'trip-full'],
  ])('that fleet refuses on %s (%s) gives everything back and says so', async (bus, reason) => {
    const { ride, outcome } = await book({ bus });
    expect(outcome).toMatchObject({
      status: 'refused',
      reason,
      givenBack: { refund: ride.fare, seatReleased: true, settledByHand: [] },
      notice: 'sent',
    });
  });

  it('that is taken back is taken back from its last step to its first', async () => {
    const { run } = await book({ bus: 'b-closed' });
    const { journal } = await house().sandbox.evidence();
    const effects = journal.filter(({ key }) => key?.startsWith(`${run.workflowId}/`)).map(({ effect }) => effect);
    expect(effects).toEqual([
      ...['seat-held', 'charge-captured', 'booking-confirmed'],
      ...['passenger-removed', 'booking-cancelled', 'charge-refunded', 'seat-released'],
      'notice-sent',
    ]);
  });

  it.each([
    ['holdSeat', null],
    ['chargeFare', null],
    ['confirmBooking', { amount: 7_500, currency: 'NGN' }],
  ])('that %s refuses for a reason we do not know ends failed, with what was paid given back', async (step, refund) => {
    const ride = await aRide(house());
    house().sandbox.faults.set({
      seed: 1,
      rules: [{ key: `/${step}$`, kind: 'refusal', code: 'never-heard-of' }],
    });
    const run = await house().start(BookRide, ride);
    expect(await run.result()).toMatchObject({
      status: 'failed',
      step,
      code: 'never-heard-of',
      givenBack: { refund, seatReleased: true },
    });
  });

  it('whose seat cannot be had within three minutes ends failed', async () => {
    house().sandbox.faults.set({ seed: 1, rules: [{ key: '/holdSeat$', kind: 'error-before-commit' }] });
    const { outcome } = await book();
    expect(outcome).toMatchObject({ status: 'failed', step: 'holdSeat', givenBack: { refund: null } });
  });

  it('whose bank takes eight and a half minutes keeps its seat by a renewed hold', async () => {
    slowBank(510);
    const { ride, run, outcome } = await book();
    expect(outcome).toMatchObject({ status: 'confirmed' });
    const { journal } = await house().sandbox.evidence();
    expect(journal).toContainEqual(
      expect.objectContaining({
        effect: 'hold-renewed',
        holdId: `hold-${rideKeyOf(ride)}`,
        key: `${run.workflowId}/renewHold`,
      }),
    );
  });

  it('whose bank takes longer than the hold gives the fare back instead of gambling with the seat', async () => {
    slowBank(660);
    const { ride, outcome } = await book();
    expect(outcome).toMatchObject({
      status: 'failed',
      step: 'renewHold',
      code: 'hold-lapsed',
      givenBack: { refund: ride.fare },
      notice: 'sent',
    });
  });

  it('is told to the passenger even if the notification service is down for a while', async () => {
    const { outcome } = await book({ user: 'u-no-mail' });
    expect(outcome).toMatchObject({ status: 'confirmed', notice: 'sent' });
  });

  it('stays confirmed when the passenger could not be told for a day, and says so', async () => {
    house().sandbox.faults.set({ seed: 1, rules: [{ service: 'notification', kind: 'error-before-commit' }] });
    const { outcome } = await book();
    expect(outcome).toMatchObject({ status: 'confirmed', notice: 'given-up' });
  });

  it('that is asked for twice is one run', async () => {
    const { ride } = await book();
    await expect(house().start(BookRide, ride)).rejects.toThrow(/already started/i);
  });

  function slowBank(seconds: number): void {
    house().sandbox.faults.set({
      seed: 1,
      rules: [{ key: '/chargeFare$', attempts: { to: 1 }, kind: 'too-many-requests', retryAfterSeconds: seconds }],
    });
  }
});
