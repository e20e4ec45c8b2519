import { expect, it } from 'vitest';
import { turns } from './rounds.ts';

it('the first contestant of a round is the last of the next', () => {
  const order = [...turns(['one', 'two'], 3)].map(({ number, contestant }) => `${number} ${contestant}`);
  expect(order).toEqual(['1 one', '1 two', '2 two', '2 one', '3 one', '3 two']);
});
