import fc from 'fast-check';
import { minuteMs } from '@longhaul/workflow-kit';
import { describe, expect, it } from 'vitest';
import { hasDeparted, holdTtlSeconds, lapsesTooSoon, manifestPatienceMs, noticeOf } from './book-ride.rules.ts';

const now = Date.parse('2026-11-21T08:00:00Z');
const inMinutes = (minutes: number) => new Date(now + minutes * minuteMs).toISOString();
const ride = {
  requestId: 'r1',
  user: 'u1',
  bus: 'b1',
  segment: { from: 'Lagos', to: 'Ibadan' },
  departureAt: inMinutes(600),
  quoteId: 'q-1',
  fare: { amount: 5_000, currency: 'NGN' as const },
};

describe('a hold', () => {
  it('is renewed when less than two minutes are left', () => {
    expect(lapsesTooSoon(inMinutes(1.9), now)).toBe(true);
    expect(lapsesTooSoon(inMinutes(2), now)).toBe(false);
  });

  it('that was just made is never renewed', () => {
    expect(lapsesTooSoon(new Date(now + holdTtlSeconds * 1_000).toISOString(), now)).toBe(false);
  });

  it('that has lapsed counts as one that lapses too soon', () => {
    expect(lapsesTooSoon(inMinutes(-5), now)).toBe(true);
  });
});

it('a bus has left at its time of departure, whatever offset that is written with', () => {
  expect(hasDeparted('2026-11-21T09:00:00+01:00', now)).toBe(true);
  expect(hasDeparted('2026-11-21T09:00:01+01:00', now)).toBe(false);
});

describe('the patience with the manifest', () => {
  it('ends half an hour before departure', () => {
    expect(manifestPatienceMs(inMinutes(600), now)).toBe(570 * minuteMs);
  });

  it('is ten minutes for a ride at the last moment', () => {
    expect(manifestPatienceMs(inMinutes(35), now)).toBe(10 * minuteMs);
  });

  it('is never less than ten minutes, and never reaches past half an hour before departure unless it has to', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1_000, max: 100_000 }), (minutes) => {
        const patience = manifestPatienceMs(inMinutes(minutes), now);
        expect(patience).toBeGreaterThanOrEqual(10 * minuteMs);
        if (patience > 10 * minuteMs) expect(now + patience).toBe(now + (minutes - 30) * minuteMs);
      }),
    );
  });
});

describe('the word to the passenger', () => {
  const nothing = { refund: null, settledByHand: [] };

  it('confirms with seat and reference', () => {
    const confirmed = {
      status: 'confirmed',
      bookingId: 'bk-r1',
      reference: 'ABC234',
      seat: '4C',
      chargeId: 'c',
    } as const;
    expect(noticeOf(ride, confirmed, nothing)).toMatchObject({
      user: 'u1',
      template: 'booking-confirmed',
      data: { reference: 'ABC234', seat: '4C', bus: 'b1' },
    });
  });

  it('tells of money that comes back, whatever it was that undid the booking', () => {
    const refunded = { refund: ride.fare, settledByHand: [] };
    const byHand = { refund: null, settledByHand: [{ step: 'refundFare', by: 'Grace', note: 'in cash' }] };
    for (const ending of [
      { status: 'refused', reason: 'trip-closed' },
      { status: 'cancelled', reason: 'changed my mind' },
      { status: 'failed', step: 'confirmBooking', code: 'hold-lapsed' },
    ] as const) {
      const undone = { template: 'booking-undone', data: { why: ending.status } };
      expect(noticeOf(ride, ending, refunded)).toMatchObject(undone);
      expect(noticeOf(ride, ending, byHand)).toMatchObject(undone);
    }
  });

  it('is not sent when no money moved: the caller has the answer already', () => {
    expect(noticeOf(ride, { status: 'sold-out' }, nothing)).toBeUndefined();
    expect(noticeOf(ride, { status: 'declined', reason: 'card-declined' }, nothing)).toBeUndefined();
  });
});
