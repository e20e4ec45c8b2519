import { answerTo, BookRide, type BookRideInput, type ResolveAnswer, type ResolveRequest } from '@longhaul/contracts';
import { houseFor, isParked, runModes, until } from '@longhaul/testing';
import { minuteMs } from '@longhaul/workflow-kit';
import { describe, expect, it } from 'vitest';
import { aRide, bookingWorkers } from '../booking.fixture.ts';

describe.each(runModes)('a ride that needs a person (%s)', (mode) => {
  const house = houseFor(mode, bookingWorkers);

  async function park(
    rule: { key: string; kind: 'refusal' | 'error-before-commit' },
    overrides?: Partial<BookRideInput>,
  ) {
    house().sandbox.faults.set({ seed: 1, rules: [rule] });
    // Soon enough that the retries until half an hour before departure are few.
    const departureAt = new Date(house().nowMs() + 45 * minuteMs).toISOString();
    const ride = await aRide(house(), { departureAt, ...overrides });
    const run = await house().start(BookRide, ride);
    const status = await until(run, isParked);
    const resolve = (request: ResolveRequest) =>
      answerTo(run.executeUpdate<ResolveAnswer, [ResolveRequest]>('resolve', { args: [request] }));
    return { ride, run, status, resolve };
  }

  const manifestDown = { key: '/addToManifest$', kind: 'error-before-commit' } as const;

  it('is retried at the manifest until half an hour before departure, and only then asks', async () => {
    const { ride, run, status, resolve } = await park(manifestDown);
    const parkedAt = Date.parse(status.attention!.since);
    expect(Date.parse(ride.departureAt) - parkedAt).toBeLessThanOrEqual(31 * minuteMs);
    expect(Date.parse(ride.departureAt) - parkedAt).toBeGreaterThanOrEqual(29 * minuteMs);
    expect(status).toMatchObject({ attention: { step: 'addToManifest', owner: 'booking-operations' }, outcome: null });
    house().sandbox.faults.clear();
    expect(await resolve({ action: 'retry', by: 'Grace' })).toMatchObject({ resolved: true });
    expect(await run.result()).toMatchObject({ status: 'confirmed', notice: 'sent' });
  });

  it('asks again soon when it is told to try again near the departure, and nothing was mended', async () => {
    const { run, resolve } = await park(manifestDown);
    await house().pass(run, 10 * minuteMs);
    await house().skip(run);
    const toldAt = await house().timeOf(run);
    await resolve({ action: 'retry', by: 'Grace' });
    const { attention } = await until(run, isParked);
    expect(Date.parse(attention!.since) - toldAt).toBeLessThanOrEqual(11 * minuteMs);
    house().sandbox.faults.clear();
    await resolve({ action: 'retry', by: 'Grace' });
    expect(await run.result()).toMatchObject({ status: 'confirmed' });
  });

  it('keeps its booking when an operator put the passenger on the manifest by hand', async () => {
    const { run, resolve } = await park(manifestDown);
    await resolve({ action: 'settled', by: 'Grace', note: 'told the driver by phone' });
    expect(await run.result()).toMatchObject({ status: 'confirmed' });
  });

  it('can still be cancelled while it is parked at the manifest', async () => {
    const { ride, run } = await park(manifestDown);
    expect(await run.executeUpdate('cancel', { args: [{ reason: 'waited enough' }] as never })).toEqual({
      answer: 'accepted',
    });
    expect(await run.result()).toMatchObject({
      status: 'cancelled',
      reason: 'waited enough',
      givenBack: { refund: ride.fare, seatReleased: true },
    });
  });

  it('waits for a person when its refund is refused, and tries again when told to', async () => {
    const { ride, run, status, resolve } = await park({ key: '/refundFare$', kind: 'refusal' }, { bus: 'b-closed' });
    expect(status).toMatchObject({
      attention: { step: 'refundFare', code: 'refused-by-plan' },
      outcome: { status: 'refused', reason: 'trip-closed' },
    });
    house().sandbox.faults.clear();
    await resolve({ action: 'retry', by: 'Grace' });
    expect(await run.result()).toMatchObject({
      status: 'refused',
      givenBack: { refund: ride.fare, settledByHand: [] },
    });
  });

  it('goes on undoing after a refund that was settled by hand, and keeps the note', async () => {
    const { run, resolve } = await park({ key: '/refundFare$', kind: 'refusal' }, { bus: 'b-closed' });
    await resolve({ action: 'settled', by: 'Grace', note: 'paid back in cash, receipt 17' });
    expect(await run.result()).toMatchObject({
      status: 'refused',
      givenBack: {
        refund: null,
        seatReleased: true,
        settledByHand: [{ step: 'refundFare', by: 'Grace', note: 'paid back in cash, receipt 17' }],
      },
    });
  });
});
