import { BookRide, check } from '@longhaul/contracts';
import { expect, test } from 'vitest';
import { inputDigest } from './digest.ts';

const ride = {
  requestId: 'r-1',
  user: 'u-ada',
  bus: 'b-7',
  segment: { from: 'Lagos', to: 'Ibadan' },
  departureAt: '2027-01-04T08:00:00Z',
  fare: { amount: 450_000, currency: 'NGN' },
};
const digestOf = (input: unknown) => {
  const checked = check(BookRide.input, input);
  if (!checked.ok) throw new Error(JSON.stringify(checked.issues));
  return inputDigest(checked.value);
};

test('the digest of a ride stays what it was: a new one would refuse every repeated start', () => {
  expect(digestOf(ride)).toBe('804b7221306bde08cd0631de4ca73658d5ff5d3a42d20d0a20861660b6c3dc30');
});

test('the order of the fields and fields nobody knows do not count', () => {
  const turned = Object.fromEntries(Object.entries({ ...ride, extra: 1 }).toReversed());
  expect(digestOf(turned)).toBe(digestOf(ride));
});

test('every value counts', () => {
  expect(digestOf({ ...ride, fare: { amount: 450_001, currency: 'NGN' } })).not.toBe(digestOf(ride));
});
