import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { BookRideInput } from './booking.ts';
import { check, pointerTo } from './issues.ts';

const ride = {
  requestId: 'r-1',
  user: 'u-1',
  bus: 'b-1',
  segment: { from: 'Lagos', to: 'Ibadan' },
  departureAt: '2026-11-21T20:00:00+01:00',
  quoteId: 'q-1',
  fare: { amount: 7_500, currency: 'NGN' },
};
const pointersOf = (value: unknown) => {
  const checked = check(BookRideInput, value);
  return checked.ok ? [] : checked.issues.map(({ pointer, detail }) => `${pointer} ${detail}`);
};

describe('checking a value', () => {
  it('returns it without unknown fields, because readers are tolerant', () => {
    expect(check(BookRideInput, { ...ride, colour: 'red' })).toEqual({ ok: true, value: ride });
  });

  it('reports each invalid field with its place and what it must be', () => {
    expect(
      pointersOf({ ...ride, user: 7, bus: undefined, fare: { amount: 0, currency: 'XXX' }, departureAt: 'soon' }),
    ).toEqual([
      '/user must be of type string',
      '/bus is missing',
      '/departureAt must be an ISO 8601 date and time with an offset',
      '/fare/amount must be more than zero',
      expect.stringMatching(/^\/fare\/currency /),
    ]);
  });

  it('reports fields that contradict each other', () => {
    expect(pointersOf({ ...ride, segment: { from: 'Lagos', to: 'Lagos' } })).toEqual([
      '/segment/to must differ from "from"',
    ]);
  });

  it.each([null, undefined, 'text', 7, []])('refuses %j as a whole', (value) => {
    expect(pointersOf(value)).toEqual([expect.stringMatching(/^ (is missing|must be of type object)/)]);
  });

  it('reports at most fifty invalid fields', () => {
    const checked = check(z.array(z.string()), Array(30_000).fill(7));
    expect(checked).toMatchObject({ ok: false, issues: { length: 50 } });
  });

  it('never throws, whatever the value', () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.object()), (value) => {
        expect(check(BookRideInput, value).ok).toBe(false);
      }),
    );
  });
});

it('a very long field name is cut', () => {
  expect(pointerTo(['x'.repeat(100_000)]).length).toBeLessThan(110);
});

it('a pointer leads back to its field, whatever the name', () => {
  fc.assert(
    fc.property(fc.array(fc.string(), { minLength: 1 }), (path) => {
      const parts = pointerTo(path).split('/').slice(1);
      expect(parts.map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))).toEqual(path);
    }),
  );
});
