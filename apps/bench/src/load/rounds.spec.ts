import { expect, it } from 'vitest';
import { turns } from './rounds.ts';

it('who came first in a round comes last in the next', () => {
  const order = [...turns(['one', 'two'], 3)].map(({ number, contestant }) => `${number} ${contestant}`);
  expect(order).toEqual(['1 one', '1 two', '2 two', '2 one', '3 one', '3 two']);
});
