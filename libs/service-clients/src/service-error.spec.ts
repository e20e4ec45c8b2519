import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { refusalsAsValues, retryAfterMs, ServiceError, verdictOn, wrongAnswer } from './service-error.ts';

describe('whether to retry a call', () => {
  it.each([408, 425, 429, 500, 502, 503, 504, 599])('after %s: yes', (status) => {
    expect(verdictOn(status)).toBe('retry');
  });
  it.each([400, 401, 402, 403, 404, 405, 409, 410, 413, 418, 422, 451])('after %s: no, it was refused', (status) => {
    expect(verdictOn(status)).toBe('refusal');
  });
  it.each([300, 301, 302, 304, 307])('after %s: no, it is a fault', (status) => {
    expect(verdictOn(status)).toBe('fault');
  });
});

describe('a 409', () => {
  const verdictOf = (retryAfter: unknown, code: string) =>
    ServiceError.fromAnswer('seats', 'POST /holds', 409, retryAfter, { code }).verdict;

  it.each([
    ['2', 'closed'],
    ['0', 'closed'],
    [undefined, 'request-in-progress'],
    [undefined, 'idempotency_key_in_use'],
  ])('that asks to come again, or says that the first request is at work, is tried again (%s %s)', (after, code) => {
    expect(verdictOf(after, code)).toBe('retry');
  });

  it('without either is a refusal', () => {
    expect(verdictOf(undefined, 'sold-out')).toBe('refusal');
    expect(verdictOf('soon', 'sold-out')).toBe('refusal');
  });
});

describe('refusals as values', () => {
  const answered = (status: number, code: string) =>
    Promise.reject(ServiceError.fromAnswer('seats', 'POST /holds', status, undefined, { code }));
  const known = { 'sold-out': { status: 'sold-out' as const }, 'not-found': undefined };

  it('become the values that the story knows', async () => {
    expect(await refusalsAsValues(known, answered(409, 'sold-out'))).toEqual({ status: 'sold-out' });
    expect(await refusalsAsValues(known, answered(404, 'not-found'))).toBeUndefined();
  });

  it('do not change other answers', async () => {
    expect(await refusalsAsValues(known, Promise.resolve({ status: 'held' }))).toEqual({ status: 'held' });
  });

  it.each([
    ['a refusal that the story does not know', 409, 'closed'],
    ['a code that is only by chance a name of every object', 409, 'toString'],
    ['a service that is down, whatever code it sends', 503, 'sold-out'],
  ])('do not hide %s', async (_what, status, code) => {
    await expect(refusalsAsValues(known, answered(status, code))).rejects.toMatchObject({ status, code });
  });

  it('do not hide an error of another kind', async () => {
    await expect(refusalsAsValues(known, Promise.reject(new TypeError('a mistake')))).rejects.toThrow(TypeError);
  });
});

it('an answer without a code gets a code from its status', () => {
  expect(ServiceError.fromAnswer('seats', 'GET /', 500, undefined, 'oops')).toMatchObject({ code: 'http-500' });
  expect(ServiceError.fromAnswer('seats', 'GET /', 500, undefined, { code: 7 })).toMatchObject({ code: 'http-500' });
});

// A code becomes a search attribute, a label and a failure's type: a code with 3,000 characters once stopped a run for good.
it.each(['x'.repeat(65), 'x'.repeat(3_000), '', 'with a space', 'line\nbreak', '{"a":1}', 'né'])(
  'a code with an invalid form is left out: %j',
  (code) => {
    const error = ServiceError.fromAnswer('seats', 'GET /', 409, undefined, { code, detail: 'The bus is full' });
    expect(error.code).toBe('http-409');
    expect(error.message).toBe('The seats service answered 409 to GET / [code: http-409]: The bus is full');
  },
);

it('a long message of a service is cut', () => {
  const error = ServiceError.fromAnswer('seats', 'GET /', 409, undefined, { code: 'full', detail: 'y'.repeat(60_000) });
  expect(error.message.length).toBeLessThan(600);
  expect(error.message).toMatch(/ \[code: full\]: y+…$/);
});

it('a message of a service is one line of valid Unicode', () => {
  const detail = 'No\0 seat\r\nleft \ud83d';
  const error = ServiceError.fromAnswer('seats', 'GET /', 409, undefined, { code: 'full', detail });
  expect(error.message).toMatch(/: No seat left \ufffd$/);
});

it('the error for a long invalid answer is short and contains nothing of the answer', () => {
  const answer = z.array(z.object({ seat: z.string() })).safeParse(Array.from({ length: 5_000 }, () => ({ seat: 1 })));
  const error = wrongAnswer('seats', 'GET /', answer.error!);
  expect(error.message.length).toBeLessThan(600);
  expect(error.message).toContain('[0.seat: ');
  expect(error.cause).toBeUndefined();
});

describe('the wait that a service asks for', () => {
  const now = Date.parse('2027-01-04T08:00:00Z');

  it.each([
    ['2', 2_000],
    ['0', 0],
    ['-5', 0],
    ['Mon, 04 Jan 2027 08:00:30 GMT', 30_000],
    ['Mon, 04 Jan 2027 07:00:00 GMT', 0],
    ['soon', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('is read from %j', (header, waitMs) => {
    expect(retryAfterMs(header, now)).toBe(waitMs);
  });

  it.each(['99999999', '1e300', 'Infinity', 'Fri, 31 Dec 9999 23:59:59 GMT'])('is at most a day: %s', (header) => {
    expect(retryAfterMs(header, now)).toBe(86_400_000);
  });
});
