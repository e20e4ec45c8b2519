import { describe, expect, it } from 'vitest';
import { check } from './issues.ts';
import { Actor, CorrelationId, Label, Moment } from './values.ts';

const detailsOf = (schema: Parameters<typeof check>[0], value: unknown) => {
  const checked = check(schema, value);
  return checked.ok ? [] : checked.issues.map(({ detail }) => detail);
};

describe('a moment', () => {
  it.each([
    '1970-01-01T00:00:00Z',
    '2027-01-04T08:00:00.123456789+01:00',
    '2028-02-29T23:59:59-11:30',
    '9999-12-31T23:59:59Z',
  ])('may be %s', (text) => {
    expect(detailsOf(Moment, text)).toEqual([]);
  });

  it.each([
    // In UTC its year has five digits, which downstream services cannot parse.
    ['9999-12-31T23:59:59-01:00', 'must lie between the years 1970 and 9999'],
    ['1969-12-31T23:59:59Z', 'must lie between the years 1970 and 9999'],
    ['0000-01-01T00:00:00Z', 'must lie between the years 1970 and 9999'],
    ['1970-01-01T00:30:00+01:00', 'must lie between the years 1970 and 9999'],
    ['10000-01-01T00:00:00Z', 'must be an ISO 8601 date and time with an offset'],
    ['2027-01-04T08:00:00', 'must be an ISO 8601 date and time with an offset'],
    ['2027-02-30T08:00:00Z', 'must be an ISO 8601 date and time with an offset'],
    [`2027-01-04T08:00:00.${'0'.repeat(60_000)}Z`, 'must have at most 40 letters'],
    ['', 'must be an ISO 8601 date and time with an offset'],
  ])('is not %.40s', (text, why) => {
    expect(detailsOf(Moment, text)).toEqual([why]);
  });
});

describe('a correlation id', () => {
  it.each(['c-1', '0f5c8a2e-6f0e-4c43-9d8b-7b1c8c1b7f11', 'a'.repeat(128)])('may be %.20s', (id) => {
    expect(detailsOf(CorrelationId, id)).toEqual([]);
  });

  it.each(['', 'a'.repeat(129), 'a b', 'a\nb', 'a\0', 'ä'])('is not %j', (id) => {
    expect(detailsOf(CorrelationId, id)).toHaveLength(1);
  });
});

describe('a label', () => {
  it.each(['Lagos', 'Ọ̀yọ́', 'München Hbf (tief)', '東京 → 大阪', 'مطار القاهرة', '👩🏽‍🚀', 'a'.repeat(120)])(
    'may be %.20s',
    (text) => {
      expect(detailsOf(Label, text)).toEqual([]);
    },
  );

  it('is trimmed', () => {
    expect(check(Label, '  Lagos\n')).toEqual({ ok: true, value: 'Lagos' });
  });

  it.each([
    ['a NUL', 'La\0gos', 'must be one line of plain text'],
    ['a line break', 'Lagos\r\nBcc: eve', 'must be one line of plain text'],
    ['a line separator', 'Lagos\u2028Ibadan', 'must be one line of plain text'],
    ['an escape', '\u001b[2J', 'must be one line of plain text'],
    ['a turned direction', 'Lagos\u202eNGN', 'must be one line of plain text'],
    ['the first half of a letter', 'Lagos\ud83d', 'must be whole Unicode letters'],
    ['the second half of a letter', '\ude80Lagos', 'must be whole Unicode letters'],
  ])('has not %s', (_what, text, why) => {
    expect(detailsOf(Label, text)).toEqual([why]);
  });
});

it.each([
  ['a label', Label, 120],
  ['an actor', Actor, 255],
])('%s is carried from step to step, and has its longest form', (_what, schema, longest) => {
  expect(detailsOf(schema, 'a'.repeat(longest))).toEqual([]);
  for (const letters of [longest + 1, 60_000]) expect(detailsOf(schema, 'a'.repeat(letters))).toHaveLength(1);
});
