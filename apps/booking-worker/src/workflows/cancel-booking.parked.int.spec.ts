import {
  BookRide,
  CancelBooking,
  idempotencyKey,
  Queue,
  type ResolveAnswer,
  type ResolveRequest,
  type StepCall,
} from '@longhaul/contracts';
import { ServiceError } from '@longhaul/service-clients';
import { houseFor, isParked, runModes, until, withSteps, type WorkerUnderTest } from '@longhaul/testing';
import { afterEach, describe, expect, it } from 'vitest';
import type { BookingActivities } from '../activities.ts';
import { aCancellation, aRide, bookingWorkers } from '../booking.fixture.ts';

/** A ride of these bookings can never be asked to stop. */
const unstoppable = new Set<string>();

describe.each(runModes)('a cancellation that needs a person (%s)', (mode) => {
  const house = houseFor(mode, workersWithUnstoppable);
  afterEach(() => unstoppable.clear());

  async function park(step: string) {
    const ride = await aRide(house());
    await (await house().start(BookRide, ride)).result();
    const input = aCancellation(ride);
    const key = idempotencyKey(CancelBooking.id.of(input), step);
    const rule = step === 'readBooking' ? { route: 'GET /bookings/:bookingId' } : { key: `^${key}$` };
    house().sandbox.faults.set({ seed: 1, rules: [{ ...rule, kind: 'refusal' }] });
    if (step === 'stopBookingUnderWay') unstoppable.add(input.bookingId);
    const run = await house().start(CancelBooking, input);
    const { attention } = await until(run, isParked);
    expect(attention).toMatchObject({ step, code: 'refused-by-plan', owner: 'booking-operations' });
    const resolve = (request: ResolveRequest) =>
      run.executeUpdate<ResolveAnswer, [ResolveRequest]>('resolve', { args: [request] });
    return { ride, run, resolve };
  }

  const steps = [
    'stopBookingUnderWay',
    'readBooking',
    'withdrawBooking',
    'takeOffManifest',
    'refundFare',
    'releaseSeat',
  ];

  it.each(steps)('because %s is refused does everything once it is told to try again', async (step) => {
    const { ride, run, resolve } = await park(step);
    house().sandbox.faults.clear();
    unstoppable.clear();
    expect(await resolve({ action: 'retry', by: 'Grace' })).toMatchObject({ resolved: true });
    expect(await run.result()).toMatchObject({
      status: 'cancelled',
      refund: ride.fare,
      notice: 'sent',
      settledByHand: [],
    });
  });

  it.each(steps.filter((step) => step !== 'readBooking'))(
    'goes on when somebody settled %s by hand, and keeps the note',
    async (step) => {
      const { ride, run, resolve } = await park(step);
      await resolve({ action: 'settled', by: 'Grace', note: 'seen to it' });
      expect(await run.result()).toMatchObject({
        status: 'cancelled',
        refund: ride.fare,
        settledByHand: [{ step, by: 'Grace', note: 'seen to it' }],
      });
    },
  );

  it('does not take a settled question for an answer: what was booked stays as it was', async () => {
    const { run, resolve } = await park('readBooking');
    await resolve({ action: 'settled', by: 'Grace', note: 'no idea' });
    expect(await run.result()).toEqual({ status: 'failed', step: 'readBooking', code: 'settled-by-hand' });
  });

  it('gives the word to the passenger up when it is refused, and asks nobody', async () => {
    const ride = await aRide(house());
    await (await house().start(BookRide, ride)).result();
    house().sandbox.faults.set({ seed: 1, rules: [{ service: 'notification', kind: 'refusal' }] });
    const run = await house().start(CancelBooking, aCancellation(ride));
    expect(await run.result()).toMatchObject({ status: 'cancelled', notice: 'given-up' });
  });
});

async function workersWithUnstoppable(): Promise<WorkerUnderTest[]> {
  return withSteps(await bookingWorkers(), Queue.booking, ({ stopBookingUnderWay: stop }: BookingActivities) => ({
    stopBookingUnderWay(call: StepCall, input: { bookingId: string }) {
      if (!unstoppable.has(input.bookingId)) return stop(call, input);
      const about = { service: 'booking', route: 'POST /', verdict: 'refusal', code: 'refused-by-plan' } as const;
      throw new ServiceError('The ride cannot be asked to stop', about);
    },
  }));
}
