import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bookingId, rideKeyOf } from '@longhaul/contracts';
import { hourMs } from '@longhaul/workflow-kit';
import { idsOf } from './book-ride.rules.ts';
import { cancellationRefundId, refundPercentAt, shareOf } from './cancel-booking.rules.ts';

const departure = Date.parse('2026-11-21T20:00:00Z');
const departureAt = new Date(departure).toISOString();
const percentHoursBefore = (hours: number) => refundPercentAt(departureAt, departure - hours * hourMs);

it("the refund of a cancellation never has the id of a ride's own, however users and requests are called", () => {
  const keys = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/);
  fc.assert(
    fc.property(keys, keys, (user, requestId) => {
      const refundId = cancellationRefundId(bookingId.of(rideKeyOf({ user, requestId })));
      for (const other of [user, `cancellation-refund-bk-${user}`, `refund-bk-${user}`]) {
        expect(idsOf(rideKeyOf({ user: other, requestId })).refundId).not.toBe(refundId);
      }
    }),
  );
});

describe('the refund rules', () => {
  it('give back everything a day before departure', () => {
    expect(percentHoursBefore(24)).toBe(100);
    expect(percentHoursBefore(1_000)).toBe(100);
  });

  it('give back half between a day and two hours before', () => {
    expect(percentHoursBefore(24 - 1 / 3_600)).toBe(50);
    expect(percentHoursBefore(2)).toBe(50);
  });

  it('give back nothing in the last two hours, and still free the seat', () => {
    expect(percentHoursBefore(1.999)).toBe(0);
    expect(percentHoursBefore(0)).toBe(0);
  });

  it('do not apply once the bus has left', () => {
    expect(percentHoursBefore(-0.001)).toBeUndefined();
  });

  it('never give back more for waiting longer', () => {
    const hours = fc.double({ min: 0, max: 100, noNaN: true });
    fc.assert(
      fc.property(hours, hours, (one, other) => {
        const [sooner, later] = [Math.max(one, other), Math.min(one, other)];
        expect(percentHoursBefore(sooner)!).toBeGreaterThanOrEqual(percentHoursBefore(later)!);
      }),
    );
  });

  it('read the departure in any zone', () => {
    expect(refundPercentAt('2026-11-21T21:00:00+01:00', departure - 24 * hourMs)).toBe(100);
  });
});

describe('a share of an amount', () => {
  const amounts = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });

  it('is a whole number of minor units, never more than the amount', () => {
    fc.assert(
      fc.property(amounts, fc.integer({ min: 0, max: 100 }), (amount, percent) => {
        const share = shareOf({ amount, currency: 'NGN' }, percent).amount;
        expect(Number.isSafeInteger(share)).toBe(true);
        expect(share).toBeLessThanOrEqual(amount);
        expect(BigInt(share) * 100n).toBeLessThanOrEqual(BigInt(amount) * BigInt(percent));
        expect((BigInt(share) + 1n) * 100n).toBeGreaterThan(BigInt(amount) * BigInt(percent));
      }),
    );
  });

  it('is everything at 100 percent and nothing at 0', () => {
    fc.assert(
      fc.property(amounts, (amount) => {
        expect(shareOf({ amount, currency: 'JPY' }, 100)).toEqual({ amount, currency: 'JPY' });
        expect(shareOf({ amount, currency: 'JPY' }, 0).amount).toBe(0);
      }),
    );
  });

  it('rounds a half down', () => {
    expect(shareOf({ amount: 4_999, currency: 'NGN' }, 50).amount).toBe(2_499);
  });
});
