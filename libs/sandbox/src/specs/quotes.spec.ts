import { expect, it } from 'vitest';
import { describeOnEachDatabase, effectsOn, fare, fresh, hold } from './harness.fixture.ts';

const fifteenMinutes = 15 * 60;

describeOnEachDatabase('A quote of the booking service', (at) => {
  const ask = (body: object, key?: string) => at().post('/booking/quotes', body, key === undefined ? {} : { key });
  const holdSeat = (request: object, key?: string) =>
    at().post('/booking/holds', request, key === undefined ? {} : { key });
  const wanted = async () => {
    const { user, trip, segment } = await hold(at());
    return { user, trip, segment, currency: 'EUR' };
  };

  it('has a price and an expiry', async () => {
    const { currency, ...ride } = await wanted();
    const { status, body } = await ask({ ...ride, currency });
    expect({ status, body }).toMatchObject({ status: 201, body: { ...ride, fare } });
    const { journal } = await at().sandbox.evidence();
    expect(journal.at(-1)).toMatchObject({ effect: 'quote-made', ...body });
    expect(Date.parse(String(body.expiresAt)) - Date.parse(journal.at(-1)!.at)).toBe(fifteenMinutes * 1_000);
  });

  it('is the same for the same key, and different for another key', async () => {
    const [request, key] = [await wanted(), fresh('key')];
    const { quoteId } = (await ask(request, key)).body;
    expect((await ask(request, key)).body.quoteId).toBe(quoteId);
    expect((await ask(request)).body.quoteId).not.toBe(quoteId);
  });

  it.each([
    ['a currency in which no seats are sold', { currency: 'XXX' }],
    ['a lone surrogate', { segment: { from: 'Acc\ud83d', to: 'Kumasi' } }],
    ['a NUL', { segment: { from: 'Acc\0ra', to: 'Kumasi' } }],
    ['no user', { user: '' }],
    ['a time that the database cannot store', { trip: { bus: 'b-1', departureAt: '9999-12-31T23:59:59-01:00' } }],
  ])('is not made for %s', async (_what, bad) => {
    expect(await ask({ ...(await wanted()), ...bad })).toMatchObject({
      status: 400,
      body: { code: 'invalid-request' },
    });
  });

  it.each([
    ['a seat for 1', { fare: { amount: 1, currency: 'EUR' } }, 'fare-not-quoted'],
    ['a huge amount', { fare: { amount: Number.MAX_SAFE_INTEGER, currency: 'EUR' } }, 'fare-not-quoted'],
    ['the same figure in another currency', { fare: { amount: fare.amount, currency: 'JPY' } }, 'fare-not-quoted'],
    ["another's quote", { user: 'u-eve' }, 'quote-unknown'],
    ['an unknown quote', { quoteId: 'none' }, 'quote-unknown'],
    ['another town', { segment: { from: 'Accra', to: 'Tamale' } }, 'quote-for-another-trip'],
    ['another bus', { trip: { bus: 'b-other', departureAt: '2031-05-01T08:00:00.000Z' } }, 'quote-for-another-trip'],
    ['another day', { trip: { bus: 'b-same', departureAt: '2031-05-02T08:00:00.000Z' } }, 'quote-for-another-trip'],
  ])('holds no seat at %s', async (_what, otherwise, code) => {
    const request = { ...(await hold(at(), { bus: 'b-same' })), ...otherwise };
    expect(await holdSeat(request)).toMatchObject({ status: 409, body: { code } });
    expect(await effectsOn(at(), request.holdId)).toEqual([]);
  });

  it('with invalid characters in the request is refused', async () => {
    for (const quoteId of ["'; drop table quotes", 'a\0b', '', '../x', 'q'.repeat(201)]) {
      expect(await holdSeat({ ...(await hold(at())), quoteId })).toMatchObject({ status: 400 });
    }
  });

  it('is valid until it expires', async () => {
    const [first, second] = [await hold(at()), await hold(at())];
    at().pass(fifteenMinutes - 1);
    expect(await holdSeat(first)).toMatchObject({ status: 201 });
    at().pass(1);
    expect(await holdSeat(second)).toMatchObject({ status: 409, body: { code: 'quote-expired' } });
  });

  it('is valid for one seat, also with concurrent requests', async () => {
    const request = await hold(at());
    const asked = Array.from({ length: 6 }, () => holdSeat({ ...request, holdId: fresh('hold') }));
    const answers = (await Promise.all(asked)).map(({ body }) => body.code ?? 'held');
    expect(answers.toSorted()).toEqual(['held', ...Array.from({ length: 5 }, () => 'quote-used')]);
  });

  it('can be used again if there was no seat', async () => {
    const full = await hold(at(), { bus: 'b-full' });
    expect(await holdSeat(full)).toMatchObject({ body: { code: 'sold-out' } });
    expect(await holdSeat({ ...full, holdId: fresh('hold') })).toMatchObject({ body: { code: 'sold-out' } });
  });

  it('that expires later does not change the answer to a repeated hold', async () => {
    const [request, key] = [await hold(at()), fresh('key')];
    const { body } = await holdSeat(request, key);
    at().pass(fifteenMinutes);
    expect(await holdSeat(request, key)).toMatchObject({ status: 201, body });
    await at().sandbox.forgetKeys();
    expect(await holdSeat(request, key)).toMatchObject({ status: 409, body: { code: 'hold-exists' } });
  });

  it('sets the price at which the booking must be charged', async () => {
    const request = await hold(at());
    await holdSeat(request);
    const booking = { bookingId: fresh('bk'), holdId: request.holdId, chargeId: fresh('charge') };
    const cheap = { ...booking, fare: { ...fare, amount: 1 } };
    const refusal = { status: 409, body: { code: 'fare-not-quoted' } };
    expect(await at().post('/booking/bookings', cheap)).toMatchObject(refusal);
    expect(await at().post('/booking/bookings', { ...booking, fare })).toMatchObject({ status: 201 });
    const nowhere = { ...booking, bookingId: fresh('bk'), holdId: fresh('hold'), fare };
    expect(await at().post('/booking/bookings', nowhere)).toMatchObject({ status: 409, body: { code: 'hold-lapsed' } });
  });
});
