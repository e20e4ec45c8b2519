import { expect, it } from 'vitest';
import { placesFor, placesOfOne } from './places.ts';

/** Work that goes on until it is released or fails. */
function held() {
  let end = (): void => undefined;
  let fail = (): void => undefined;
  const work = new Promise<string>((resolve, reject) => {
    end = () => resolve('done');
    fail = () => reject(new Error('broken'));
  });
  return { work: () => work, end: () => end(), fail: () => fail() };
}

it('an owner whose places are taken gets no more, and other owners get theirs', async () => {
  const places = placesFor(2);
  const [first, second] = [held(), held()];
  const ends = [first, second].map(({ work }) => places.within('ada', 'no place', work));
  expect(await places.within('ada', 'no place', () => Promise.resolve('done'))).toBe('no place');
  expect(await places.within('grace', 'no place', () => Promise.resolve('done'))).toBe('done');
  first.end();
  second.end();
  expect(await Promise.all(ends)).toEqual(['done', 'done']);
});

it('a place is free again when its work has ended or failed', async () => {
  const places = placesFor(1);
  const work = held();
  const end = places.within('ada', 'no place', work.work);
  work.fail();
  await expect(end).rejects.toThrow('broken');
  expect(await places.within('ada', 'no place', () => Promise.resolve('done'))).toBe('done');
});

it('one merchant has a tenth of the slots, and at least one', () => {
  expect([2, 10, 19, 100].map(placesOfOne)).toEqual([1, 1, 1, 10]);
});
