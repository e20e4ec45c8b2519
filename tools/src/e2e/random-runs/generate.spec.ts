import { typedFailures } from '@longhaul/sandbox';
import { describe, expect, it } from 'vitest';
import { bookingCases } from './generate.ts';

describe('the bookings of the chaos run', () => {
  it('are 150 different bookings', () => {
    const ids = bookingCases(1, 0).map(({ ride }) => ride.requestId);
    expect(new Set(ids).size).toBe(150);
  });

  it('are the same for the same seed, and different for another seed', () => {
    expect(bookingCases(1, 0)).toEqual(bookingCases(1, 0));
    expect(bookingCases(1, 0).map(({ kind }) => kind)).not.toEqual(bookingCases(2, 0).map(({ kind }) => kind));
  });

  it('have every typed failure except the one that takes half a minute', () => {
    const values = bookingCases(1, 0).flatMap(({ ride }) => [ride.user, ride.bus]);
    const ofBookings = typedFailures.filter(
      ({ service, route }) =>
        ['booking', 'fleet', 'notification'].includes(service) || route.startsWith('POST /charges'),
    );
    const left = ofBookings.filter(({ value }) => !values.some((name) => name.startsWith(`${value}-`)));
    expect(left.map(({ value }) => value)).toEqual(['b-fleet-down']);
  });
});
