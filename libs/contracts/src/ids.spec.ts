import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bookingId, bookRideId, BookRideInput, CancelBooking, idempotencyKey } from './index.ts';
import { BusinessKey } from './values.ts';

const keys = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/);

describe('an id made from a business key', () => {
  it.each([
    ['a booking', (key: string) => bookingId.of(key), (id: string) => bookingId.parse(id)],
    ['a ride', (key: string) => bookRideId.of({ requestId: key }), (id: string) => bookRideId.parse(id)],
    [
      'a cancellation',
      (key: string) => CancelBooking.id.of({ bookingId: key }),
      (id: string) => CancelBooking.id.parse(id),
    ],
  ])('of %s is taken apart by its neighbour', (_what, of, parse) => {
    fc.assert(
      fc.property(keys, keys, (one, other) => {
        expect(parse(of(one))).toBe(one);
        expect(of(one) === of(other)).toBe(one === other);
      }),
    );
  });

  it.each([
    ['booking-', undefined],
    ['', undefined],
    ['bookings-1', undefined],
    ['bk-1', undefined],
    ['booking-1', '1'],
  ])('is not read out of an id of another kind: %j', (id, key) => {
    expect(bookRideId.parse(id)).toBe(key);
  });

  it("of a ride is never that of a cancellation: nobody can stand in another's way", () => {
    const requests = fc.oneof(
      keys,
      keys.map((key) => `cancellation-bk-${key}`.slice(0, 64)),
    );
    fc.assert(
      fc.property(requests, (requestId) => {
        const allowed = BookRideInput.shape.requestId.safeParse(requestId).success;
        const taken = CancelBooking.id.parse(bookRideId.of({ requestId })) !== undefined;
        expect(allowed && taken).toBe(false);
        expect(allowed || taken).toBe(true);
      }),
    );
  });
});

describe("a booking's id", () => {
  it('can be cancelled, however long its request id is', () => {
    fc.assert(
      fc.property(keys, (requestId) => {
        const input = { bookingId: bookingId.of(requestId) };
        expect(CancelBooking.input.safeParse(input).success).toBe(true);
      }),
    );
    const longest = 'a'.repeat(64);
    expect(CancelBooking.input.parse({ bookingId: bookingId.of(longest) })).toEqual({ bookingId: `bk-${longest}` });
  });
});

describe('a business key', () => {
  it('is plain and short', () => {
    fc.assert(
      fc.property(keys, (key) => {
        expect(BusinessKey.parse(key)).toBe(key);
      }),
    );
  });

  it.each(['', '-a', '_a', 'a b', 'a/b', 'a\n', 'ä', 'a'.repeat(65), 'a\u202e', 7])('is not %j', (key) => {
    expect(BusinessKey.safeParse(key).success).toBe(false);
  });
});

describe('an idempotency key', () => {
  it('is another one for every other run, step or sequence', () => {
    const parts = fc.tuple(keys, keys, fc.option(fc.nat(), { nil: undefined }));
    fc.assert(
      fc.property(parts, parts, (one, other) => {
        const same = JSON.stringify(one) === JSON.stringify(other);
        expect(idempotencyKey(...one) === idempotencyKey(...other)).toBe(same);
      }),
    );
  });

  it('can be read: the run, the step, and which time', () => {
    expect(idempotencyKey('booking-1', 'holdSeat')).toBe('booking-1/holdSeat');
    expect(idempotencyKey('payout-1', 'pay', 3)).toBe('payout-1/pay/3');
  });
});
