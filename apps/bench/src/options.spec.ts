import { expect, it } from 'vitest';
import { readOptions, UsageError } from './options.ts';

it('by default a bench measures long enough for useful figures', () => {
  const { name, options } = readOptions(['kit']);
  expect(name).toBe('kit');
  expect(options.warmUpSeconds).toBeGreaterThanOrEqual(10);
  expect(options).toMatchObject({ json: false, quick: false, bookings: 2_000, payments: 300 });
});

it('a quick bench keeps the given options', () => {
  expect(readOptions(['memory', '--quick', '--bookings', '7', '--json']).options).toMatchObject({
    bookings: 7,
    rounds: 2,
    json: true,
  });
});

it.each([
  [['kit', '--rounds', '0'], '--rounds must be a whole number from 1 on [0]'],
  [['kit', '--seconds', 'ten'], '--seconds must be a whole number from 1 on [ten]'],
  [['kit', 'boot'], 'One bench at a time [kit boot]'],
  [['kit', '--round', '2'], '--round'],
])('a mistake is told with what was given %j', (args, message) => {
  expect(() => readOptions(args)).toThrow(UsageError);
  expect(() => readOptions(args)).toThrow(message);
});

it('asked for help, it chooses no bench', () => {
  expect(readOptions(['kit', '--help']).name).toBeUndefined();
});
