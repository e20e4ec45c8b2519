import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NotJson, readJson } from './json.ts';

const read = (text: string, mostFields?: number) => readJson(Buffer.from(text), mostFields);

test('valid JSON is parsed', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = JSON.stringify(value);
      fc.pre(!text.includes('__proto__'));
      expect(read(text)).toEqual(JSON.parse(text));
    }),
  );
});

describe('JSON that parsers read differently is refused', () => {
  test.each([
    ['a field twice', '{"amount":1,"amount":2}', 'must not name a field twice'],
    ['a field twice, once with an escape', String.raw`{"amount":1,"\u0061mount":2}`, 'must not name a field twice'],
    ['a nested field twice', '[{"to":"}","at":{"b":1,"c":[{}],"b":1}}]', 'must not name a field twice'],
    ['a poisoned prototype', '{"a":{"__proto__":{"user":"u-ada"}}}', 'must be JSON without a field "__proto__"'],
    [
      'a poisoned prototype with an escape',
      String.raw`{"__pr\u006fto__":{}}`,
      'must be JSON without a field "__proto__"',
    ],
    ['a byte order mark', '\ufeff{}', 'must be JSON'],
    ['incomplete JSON', '{"a":', 'must be JSON'],
    ['nothing', '', 'must be JSON'],
  ])('%s', (_what, text, why) => {
    expect(() => read(text)).toThrow(new NotJson(why));
  });

  test.each([
    ['an invalid UTF-8 byte', [0x22, 0xff, 0x22]],
    ['an overlong UTF-8 encoding', [0x22, 0xc0, 0xaf, 0x22]],
    ['a lone surrogate', [0x22, 0xed, 0xa0, 0x80, 0x22]],
  ])('%s', (_what, bytes) => {
    expect(() => readJson(Buffer.from(bytes))).toThrow(new NotJson('must be JSON in UTF-8'));
  });
});

test('two objects may have a field with the same name', () => {
  expect(read('[{"a":1},{"a":{"a":"{\\"a\\":1,\\"a\\":2}"}}]')).toEqual([{ a: 1 }, { a: { a: '{"a":1,"a":2}' } }]);
});

describe('a body with too many fields is refused without parsing', () => {
  const names = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`f${index}`, 0]));
  test.each([
    ['in one object', JSON.stringify(names(10)), JSON.stringify(names(11))],
    ['in a list', JSON.stringify(Array(10).fill(0)), JSON.stringify(Array(11).fill(0))],
    ['in depth', '['.repeat(10) + ']'.repeat(10), '['.repeat(100_000) + ']'.repeat(100_000)],
  ])('%s', (_where, enough, tooMany) => {
    expect(read(enough, 10)).toBeDefined();
    expect(() => read(tooMany, 10)).toThrow(new NotJson('must not have more than 10 fields'));
  });
});
