import { BookRide, type BookRideInput } from '@longhaul/contracts';
import { House, runModes } from '@longhaul/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aRide, bookingWorkers } from '../booking.fixture.ts';

describe.each(runModes)('a ride (%s)', (mode) => {
  let house: House;
  beforeAll(async () => {
    house = await House.open(mode, await bookingWorkers());
  });
  afterAll(() => house.close());

  async function book(overrides: Partial<BookRideInput> = {}) {
    const ride = await aRide(house, overrides);
    const run = await house.start(BookRide, ride);
    return { ride, outcome: await run.result() };
  }

  it('that goes well ends confirmed, with seat, reference, charge and notice', async () => {
    const { ride, outcome } = await book();
    expect(outcome).toEqual({
      status: 'confirmed',
      bookingId: `bk-${ride.requestId}`,
      reference: expect.stringMatching(/^[A-Z0-9]{6}$/),
      seat: expect.any(String),
      chargeId: `charge-${ride.requestId}`,
      notice: 'sent',
    });
  });

  it('with a declined card ends declined, and the seat is free again', async () => {
    const { outcome } = await book({ user: 'u-declined' });
    expect(outcome).toMatchObject({
      status: 'declined',
      reason: 'card-declined',
      givenBack: { refund: null, seatReleased: true },
      notice: 'none',
    });
  });
});
