import fc from 'fast-check';
import { expect, it } from 'vitest';
import { referenceOf } from '../services/booking/reference.ts';

const limit = 2 ** 30;

it('gives different booking numbers different references', () => {
  fc.assert(
    fc.property(fc.nat(limit - 1), fc.nat(limit - 1), (one, other) => {
      fc.pre(one !== other);
      return referenceOf(one) !== referenceOf(other);
    }),
  );
  const neighbours = Array.from({ length: 20_000 }, (_, n) => referenceOf(n + 1));
  expect(new Set(neighbours).size).toBe(neighbours.length);
});

it('refuses a number outside its range', () => {
  expect(() => referenceOf(limit)).toThrow(`[${limit}]`);
});
