import { expect, it } from 'vitest';
import { Text } from './values.ts';

const isText = (said: string) => Text.safeParse(said).success;

it('what a service says in a field is plain text, in letters of the world', () => {
  expect(['', '1A', 'Ọláyínká Adébáyọ̀', '東京 → 大阪', '👩🏽‍🚀', 'a'.repeat(500)].every(isText)).toBe(true);
});

it.each([
  ['more than a field has', 'a'.repeat(501)],
  ['60 KB', 'a'.repeat(60_000)],
  ['a NUL', 'seat\0'],
  ['a line break', 'seat\n1A'],
  ['half a letter', 'seat \ud83d'],
])('and never %s', (_what, said) => {
  expect(isText(said)).toBe(false);
});
