import { BookRide, CancelBooking, idempotencyKey, type BookRideInput } from '@longhaul/contracts';
import { houseFor, runModes } from '@longhaul/testing';
import { hourMs } from '@longhaul/workflow-kit';
import { describe, expect, it } from 'vitest';
import { aCancellation, aRide, bookingWorkers, bookRide } from '../booking.fixture.ts';

describe.each(runModes)('a booking that is cancelled (%s)', (mode) => {
  const house = houseFor(mode, bookingWorkers);

  async function bookAhead(hours: number, overrides: Partial<BookRideInput> = {}) {
    const departureAt = new Date(house().nowMs() + hours * hourMs).toISOString();
    const ride = await aRide(house(), { departureAt, ...overrides });
    const outcome = await (await house().start(BookRide, ride)).result();
    expect(outcome.status).toBe('confirmed');
    return aCancellation(ride);
  }

  async function cancel(input: { bookingId: string }) {
    const run = await house().start(CancelBooking, input);
    return { run, outcome: await run.result() };
  }

  const effectsOf = async (workflowId: string) =>
    (await house().sandbox.evidence()).journal
      .filter(({ key }) => key?.startsWith(`${workflowId}/`))
      .map(({ effect }) => effect);

  it.each([
    [48, 100, 7_500],
    [12, 50, 3_750],
  ])(
    '%s hours ahead gives back %s percent, the seat, and its place on the manifest',
    async (hours, percent, amount) => {
      const input = await bookAhead(hours);
      const { run, outcome } = await cancel(input);
      expect(outcome).toEqual({
        status: 'cancelled',
        ...input,
        refund: { amount, currency: 'NGN' },
        refundPercent: percent,
        notice: 'sent',
        settledByHand: [],
      });
      expect(await effectsOf(run.workflowId)).toEqual([
        'booking-cancelled',
        'passenger-removed',
        'charge-refunded',
        'seat-released',
        'notice-sent',
      ]);
    },
  );

  it('in the last two hours gives the seat back, and no money moves', async () => {
    const { run, outcome } = await cancel(await bookAhead(1));
    expect(outcome).toMatchObject({ status: 'cancelled', refund: { amount: 0 }, refundPercent: 0, notice: 'sent' });
    expect(await effectsOf(run.workflowId)).not.toContain('charge-refunded');
    expect(await effectsOf(run.workflowId)).toContain('seat-released');
  });

  it('without the fast path ends the same', async () => {
    const run = await house().start(CancelBooking, await bookAhead(48), { fastPath: false });
    expect(await run.result()).toMatchObject({ status: 'cancelled', refundPercent: 100, notice: 'sent' });
  });

  it('is refunded by the moment at which it was asked for, however long a service is down afterwards', async () => {
    const input = await bookAhead(25);
    house().sandbox.faults.set({
      seed: 1,
      rules: [{ key: '^cancellation-.*/withdrawBooking$', attempts: { to: 24 }, kind: 'error-before-commit' }],
    });
    const askedAtMs = house().nowMs();
    const { run, outcome } = await cancel(input);
    expect(outcome).toMatchObject({ status: 'cancelled', refundPercent: 100 });
    expect(await house().timeOf(run)).toBeGreaterThan(askedAtMs + hourMs);
  });

  it('is refunded by that moment also when the booking itself could not be read until later', async () => {
    const input = await bookAhead(24 + 3 / 60);
    const path = `/bookings/${input.bookingId}$`;
    const down = { route: 'GET /bookings/:bookingId', key: path, kind: 'error-before-commit' } as const;
    house().sandbox.faults.set({ seed: 1, rules: [{ ...down, attempts: { to: 18 } }] });
    const askedAtMs = house().nowMs();
    const { run, outcome } = await cancel(input);
    expect(outcome).toMatchObject({ status: 'cancelled', refundPercent: 100 });
    expect(await house().timeOf(run)).toBeGreaterThan(askedAtMs + 5 * 60_000);
  });

  it('and that nobody ever made is not found', async () => {
    expect((await cancel({ bookingId: 'bk-never-was' })).outcome).toEqual({
      status: 'not-found',
      bookingId: 'bk-never-was',
    });
  });

  it('by an id that is no booking id of ours is not found', async () => {
    expect((await cancel({ bookingId: 'from-elsewhere' })).outcome).toMatchObject({ status: 'not-found' });
  });

  it('whose ride was declined is not found', async () => {
    const { ride } = await bookRide(house(), { user: 'u-declined' });
    expect((await cancel(aCancellation(ride))).outcome).toMatchObject({ status: 'not-found' });
  });

  it('that fleet had refused is not cancelled a second time', async () => {
    const { ride } = await bookRide(house(), { bus: 'b-closed' });
    const { run, outcome } = await cancel(aCancellation(ride));
    expect(outcome).toMatchObject({ status: 'not-cancellable', reason: 'not-confirmed' });
    expect(await effectsOf(run.workflowId)).toEqual([]);
  });

  it('twice, is one run and one refund', async () => {
    const input = await bookAhead(48);
    const { run } = await cancel(input);
    await expect(house().start(CancelBooking, input)).rejects.toThrow(/already started/i);
    expect((await effectsOf(run.workflowId)).filter((effect) => effect === 'charge-refunded')).toHaveLength(1);
  });

  it('twice, while the first is at work, is one run as well', async () => {
    const input = await bookAhead(48);
    let second: Promise<unknown> | undefined;
    house().atCall('before', idempotencyKey(CancelBooking.id.of(input), 'refundFare'), async () => {
      second = house()
        .start(CancelBooking, input)
        .catch((error: unknown) => error);
      await second;
    });
    expect((await cancel(input)).outcome).toMatchObject({ status: 'cancelled' });
    expect(String(await second)).toMatch(/already started/i);
  });

  it('is told to the passenger even if the notification service is down for a while', async () => {
    const { outcome } = await cancel(await bookAhead(48, { user: 'u-no-mail' }));
    expect(outcome).toMatchObject({ status: 'cancelled', notice: 'sent' });
  });

  it('stays cancelled when the passenger could not be told for a day, and says so', async () => {
    const input = await bookAhead(48);
    house().sandbox.faults.set({ seed: 1, rules: [{ service: 'notification', kind: 'error-before-commit' }] });
    expect((await cancel(input)).outcome).toMatchObject({ status: 'cancelled', notice: 'given-up' });
  });

  it('with input that no contract allows fails at once and names the field', async () => {
    const run = await house().start(CancelBooking, { bookingId: 'two words' });
    const failure: unknown = await run.result().catch((error: unknown) => error);
    expect(failure).toMatchObject({ cause: { type: 'InvalidInput', message: expect.stringContaining('/bookingId') } });
  });
});
