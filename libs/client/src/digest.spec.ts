import { BookRide, check, TopUpWallet, type WorkflowContract } from '@longhaul/contracts';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { startDigest } from './digest.ts';

const ride = {
  requestId: 'r-1',
  user: 'u-ada',
  bus: 'b-7',
  segment: { from: 'Lagos', to: 'Ibadan' },
  departureAt: '2027-01-04T08:00:00Z',
  quoteId: 'q-1',
  fare: { amount: 450_000, currency: 'NGN' },
};
const digestOf = (input: unknown, schema: WorkflowContract['input'] = BookRide.input) => {
  const checked = check(schema, input);
  if (!checked.ok) throw new Error(JSON.stringify(checked.issues));
  return startDigest(schema, checked.value);
};

test('the digest of a ride never changes, because a new one would refuse every repeated start', () => {
  expect(digestOf(ride)).toBe('da71cb6ec3c5dd1956116e50824a1c1fc8f6645b4b10b4788591e49689d299a0');
});

test('the order of fields and unknown fields do not change the digest', () => {
  const turned = Object.fromEntries(Object.entries({ ...ride, extra: 1 }).toReversed());
  expect(digestOf(turned)).toBe(digestOf(ride));
});

test('every value changes the digest', () => {
  expect(digestOf({ ...ride, fare: { amount: 450_001, currency: 'NGN' } })).not.toBe(digestOf(ride));
});

test('a new field with a default does not change the digest of a start without it', () => {
  const { segment } = BookRide.input.shape;
  const grown = BookRide.input.extend({
    seats: z.int().default(1),
    segment: z.object({ ...segment.shape, via: z.array(z.string()).default([]) }),
    wishes: z.object({ window: z.boolean() }).default({ window: false }),
  });
  expect(digestOf(ride, grown)).toBe(digestOf(ride));
  expect(digestOf({ ...ride, seats: 1, wishes: { window: false } }, grown)).toBe(digestOf(ride));
  const wishes = [{ seats: 2 }, { wishes: { window: true } }, { segment: { ...ride.segment, via: ['Ife'] } }];
  const digests = wishes.map((wish) => digestOf({ ...ride, ...wish }, grown));
  expect(new Set([digestOf(ride), ...digests]).size).toBe(1 + wishes.length);
});

test('a field with its default value has the same digest as one that is left out', () => {
  const topUp = { topUpId: 't-1', userId: 'u-ada', money: { amount: 5_000, currency: 'NGN' } };
  const { input } = TopUpWallet;
  expect(digestOf({ ...topUp, payWithinSeconds: 600 }, input)).toBe(digestOf(topUp, input));
  expect(digestOf({ ...topUp, payWithinSeconds: 60 }, input)).not.toBe(digestOf(topUp, input));
});
