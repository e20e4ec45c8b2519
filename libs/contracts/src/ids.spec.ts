import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bookingId,
  BookRide,
  bookRideId,
  CancelBooking,
  idempotencyKey,
  paymentIdOf,
  ProcessPayment,
  RefundPayment,
  rideKeyOf,
  TopUpWallet,
  type BookRideInput,
  type ProcessPaymentInput,
  type TopUpWalletInput,
} from './index.ts';
import { BusinessKey } from './values.ts';

const keys = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/);

describe('an id made from a business key', () => {
  it.each([
    ['a booking', (key: string) => bookingId.of(key), (id: string) => bookingId.parse(id)],
    ['a ride', (key: string) => bookRideId.of(key), (id: string) => bookRideId.parse(id)],
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

  it('is different for each owner and contract, so that no start can block another one', () => {
    const words = ['a', 'b', 'a-b', 'b-a', 'bk-a', 'cancellation-bk-a'];
    const idsOf = (owner: string, key: string) => [
      BookRide.id.of({ user: owner, requestId: key } as BookRideInput),
      CancelBooking.id.of({ bookingId: bookingId.of(rideKeyOf({ user: owner, requestId: key })) }),
      ProcessPayment.id.of({ user: owner, paymentId: key } as ProcessPaymentInput),
      TopUpWallet.id.of({ userId: owner, topUpId: key } as TopUpWalletInput),
      RefundPayment.id.of({ paymentId: paymentIdOf({ user: owner, paymentId: key }), refundId: 'r1', reason: '' }),
    ];
    const all = words.flatMap((owner) => words.flatMap((key) => idsOf(owner, key)));
    expect(new Set(all).size).toBe(all.length);
  });
});

describe("a booking's id", () => {
  it('is valid for a cancellation, however long the request id is', () => {
    fc.assert(
      fc.property(keys, keys, (user, requestId) => {
        const input = { bookingId: bookingId.of(rideKeyOf({ user, requestId })) };
        expect(CancelBooking.input.safeParse(input).success).toBe(true);
      }),
    );
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
  it('is different for each run, step and sequence', () => {
    const parts = fc.tuple(keys, keys, fc.option(fc.nat(), { nil: undefined }));
    fc.assert(
      fc.property(parts, parts, (one, other) => {
        const same = JSON.stringify(one) === JSON.stringify(other);
        expect(idempotencyKey(...one) === idempotencyKey(...other)).toBe(same);
      }),
    );
  });

  it('shows run, step and sequence', () => {
    expect(idempotencyKey('booking-1', 'holdSeat')).toBe('booking-1/holdSeat');
    expect(idempotencyKey('payout-1', 'pay', 3)).toBe('payout-1/pay/3');
  });
});
