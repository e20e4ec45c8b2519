import { BookRide, type BookRideInput } from '@longhaul/contracts';
import { houseFor, runModes } from '@longhaul/testing';
import { minuteMs } from '@longhaul/workflow-kit';
import { describe, expect, it } from 'vitest';
import { aRide, bookingWorkers } from '../booking.fixture.ts';

describe.each(runModes)("a ride's price (%s)", (mode) => {
  const house = houseFor(mode, bookingWorkers);
  const outcomeOf = async (ride: BookRideInput) => (await house().start(BookRide, ride)).result();

  /** What the services did for a ride. */
  async function done(ride: BookRideInput) {
    const { journal } = await house().sandbox.evidence();
    return journal.filter(({ key }) => key?.startsWith(`${BookRide.id.of(ride)}/`)).map(({ effect }) => effect);
  }

  async function expectRefusal(ride: BookRideInput, reason: string) {
    const givenBack = { refund: null, seatReleased: true, settledByHand: [] };
    expect(await outcomeOf(ride)).toEqual({ status: 'quote-refused', reason, givenBack, notice: 'none' });
    // There was no seat to release; the mark keeps a late hold out.
    expect(await done(ride)).toEqual(['seat-released']);
  }

  it.each<[string, Partial<BookRideInput>, string]>([
    ['a seat for 1', { fare: { amount: 1, currency: 'NGN' } }, 'fare-not-quoted'],
    ['a seat in a cheaper currency', { fare: { amount: 7_500, currency: 'UGX' } }, 'fare-not-quoted'],
    ['a seat for all there is', { fare: { amount: Number.MAX_SAFE_INTEGER, currency: 'NGN' } }, 'fare-not-quoted'],
    ['a quote that nobody made', { quoteId: 'none' }, 'quote-unknown'],
    ["somebody else's quote", { user: 'u-eve' }, 'quote-unknown'],
    ['a quote for another bus', { bus: 'b-other' }, 'quote-for-another-trip'],
    ['a quote for another town', { segment: { from: 'Lagos', to: 'Abuja' } }, 'quote-for-another-trip'],
    ['a quote for another day', { departureAt: '2031-01-01T08:00:00Z' }, 'quote-for-another-trip'],
  ])('is what was quoted: %s is refused, and nothing is charged', async (_what, otherwise, reason) => {
    await expectRefusal({ ...(await aRide(house())), ...otherwise }, reason);
  });

  it('holds until the quote expires, and no longer', async () => {
    const [inTime, tooLate] = [await aRide(house()), await aRide(house())];
    house().later(14 * minuteMs);
    expect(await outcomeOf(inTime)).toMatchObject({ status: 'confirmed' });
    house().later(minuteMs);
    await expectRefusal(tooLate, 'quote-expired');
  });

  it('has expired for a person who types it', async () => {
    await expectRefusal(await aRide(house(), { user: 'u-late-quote' }), 'quote-expired');
  });

  it('is good for one ride: the next one needs a quote of its own', async () => {
    const ride = await aRide(house());
    expect(await outcomeOf(ride)).toMatchObject({ status: 'confirmed' });
    await expectRefusal({ ...ride, requestId: `${ride.requestId}-2` }, 'quote-used');
  });

  it('is not asked again for a seat that is held, though its answer was lost and the quote has expired since', async () => {
    const ride = await aRide(house());
    const key = '/holdSeat$';
    house().sandbox.faults.set({
      seed: 1,
      rules: [
        { key, kind: 'lost-answer', attempts: { to: 1 } },
        { key, kind: 'too-many-requests', retryAfterSeconds: 120, attempts: { from: 2, to: 2 } },
      ],
    });
    house().later(14 * minuteMs);
    expect(await outcomeOf(ride)).toMatchObject({ status: 'confirmed' });
    expect(house().faultsMet('too-many-requests', `${BookRide.id.of(ride)}/holdSeat`)).toBe(1);
  });

  it('may name any letters that an id has, and no others', async () => {
    for (const quoteId of ['', '../holds', "'; --", 'a b', 'q\0', 'q'.repeat(129)]) {
      const run = await house().start(BookRide, { ...(await aRide(house())), quoteId });
      const failure: unknown = await run.result().catch((error: unknown) => error);
      expect(failure).toMatchObject({
        cause: { type: 'InvalidInput', message: expect.stringContaining('/quoteId') },
      });
    }
  });
});
