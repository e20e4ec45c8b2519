import { describe, expect, test } from 'vitest';
import { gatewayForEachTest, pointersOf, ride } from './gateway.fixture.ts';

const gateway = gatewayForEachTest();
const post = (payload: string, headers: Record<string, string> = {}, url = '/api/v1/bookings') =>
  gateway.post(url, payload, { 'content-type': 'application/json', ...headers });

describe('a body that breaks the contract is refused before Temporal is called', () => {
  const withoutUser = { ...ride, user: undefined };
  test.each([
    ['nothing at all', '{}', ['/bus', '/departureAt', '/fare', '/quoteId', '/requestId', '/segment', '/user']],
    ['a field missing', JSON.stringify(withoutUser), ['/user']],
    [
      'a fraction of a minor unit',
      JSON.stringify({ ...ride, fare: { amount: 0.1, currency: 'NGN' } }),
      ['/fare/amount'],
    ],
    ['an amount as text', JSON.stringify({ ...ride, fare: { amount: '100', currency: 'NGN' } }), ['/fare/amount']],
    ['an amount beyond numbers', JSON.stringify(ride).replace('450000', '1e400'), ['/fare/amount']],
    ['negative zero', JSON.stringify(ride).replace('450000', '-0'), ['/fare/amount']],
    ['a time without its zone', JSON.stringify({ ...ride, departureAt: '2027-01-04T08:00:00' }), ['/departureAt']],
    ['a ride to where it begins', JSON.stringify({ ...ride, segment: { from: 'A', to: 'A' } }), ['/segment/to']],
    ['a quote id with invalid characters', JSON.stringify({ ...ride, quoteId: '../holds?' }), ['/quoteId']],
    ['an unknown field', JSON.stringify({ ...ride, seat: '4' }), ['/seat']],
    ['one deeper down', JSON.stringify({ ...ride, fare: { ...ride.fare, discount: 1 } }), ['/fare/discount']],
    [
      'several mistakes of every kind',
      JSON.stringify({ ...withoutUser, userr: 'u-ada', fare: { amount: -1, currency: 'XXX', vat: 1 } }),
      ['/fare/amount', '/fare/currency', '/fare/vat', '/user', '/userr'],
    ],
    ['a list', '[]', ['']],
    ['a number', '7', ['']],
    ['no JSON', '{"requestId": ', ['']],
    ['a poisoned prototype', '{"__proto__": {"user": "u-ada"}}', ['']],
    ['a field named twice', JSON.stringify(ride).replace('{', '{"user": "u-bayo",'), ['']],
    ['a byte order mark', `\ufeff${JSON.stringify(ride)}`, ['']],
  ])('%s', async (_what, payload, pointers) => {
    const response = await post(payload);
    expect(response.statusCode).toBe(400);
    expect(response.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(response.json()).toMatchObject({ type: 'urn:longhaul:problem:invalid-request', code: 'invalid-request' });
    expect(pointersOf(response.body)).toEqual(pointers);
    expect(response.body).not.toMatch(/ at |\.ts:|node_modules/);
    expect(gateway.longhaul.calls).toEqual([]);
  });
});

describe('a refusal is short, however large the request', () => {
  const many = (count: number) =>
    JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, index) => [`f${index}`, 0])));
  test.each([
    ['more fields than the limit', many(20_000), 1, /more than 1000 fields/],
    ['many fields within the limit', many(900), 50, /no more than 50 are named/],
    ['a field with the longest name', JSON.stringify({ ['x'.repeat(200_000)]: 0 }), 8, /is not a field/],
    ['a value of any length', JSON.stringify({ ...ride, bus: 'x'.repeat(200_000) }), 1, /\/bus/],
  ])('%s', async (_what, payload, named, why) => {
    for (const url of ['/api/v1/bookings', '/api/v1/bookings/booking-r-1/cancel', '/api/v1/wallets/u-ada/top-ups']) {
      expect((await post(payload, {}, url)).body.length).toBeLessThan(12_000);
    }
    const { errors, detail } = (await post(payload)).json<{ errors: unknown[]; detail: string }>();
    expect(errors).toHaveLength(named);
    expect(detail).toMatch(why);
    expect(gateway.longhaul.calls).toEqual([]);
  });
});

test.each([
  ['a megabyte', JSON.stringify({ ...ride, bus: 'x'.repeat(1_000_000) }), {}, 413, 'request-too-large'],
  ['a form', 'requestId=1', { 'content-type': 'application/x-www-form-urlencoded' }, 415, 'unsupported-media-type'],
  ['plain text', JSON.stringify(ride), { 'content-type': 'text/plain' }, 415, 'unsupported-media-type'],
])('%s is refused by its size or kind', async (_what, payload, headers, status, code) => {
  const response = await post(payload, headers);
  expect(response.statusCode).toBe(status);
  expect(response.json()).toMatchObject({ status, code });
  expect(gateway.longhaul.calls).toEqual([]);
});

test.each([
  ['GET', '/api/v1/nothing', 404],
  ['DELETE', '/api/v1/bookings', 405],
  ['GET', '/api/v1/bookings/booking-u-ada.r-1/history', 404],
  ['GET', '/api/v1/bookings/%zz/status', 400],
  ['GET', '/api/v1/bookings/no-booking/status', 404],
  ['GET', '/api/v1/bookings/booking-u-ada.r-1/result?wait=31', 400],
  ['GET', '/api/v1/bookings/booking-u-ada.r-1/result?wait=soon', 400],
  ['GET', '/api/v1/bookings/booking-u-ada.r-1/result?wiat=5', 400],
] as const)('%s %s is a problem document, and Temporal is not asked', async (method, url, status) => {
  const response = await gateway.app.inject({ method, url, headers: { authorization: await gateway.bearer() } });
  expect(response.statusCode).toBe(status);
  expect(response.headers['content-type']).toContain('application/problem+json');
  expect(response.body).toMatch(/\}\n$/);
  expect(gateway.longhaul.calls).toEqual([]);
});

test('the body of a message is checked before the owner of the run', async () => {
  const response = await post('{"reason": "", "why": "x"}', {}, '/api/v1/bookings/booking-other/cancel');
  expect(response.statusCode).toBe(400);
  expect(pointersOf(response.body)).toEqual(['/reason', '/why']);
  expect(gateway.longhaul.calls).toEqual([]);
});

test('a body that contradicts the path is refused', async () => {
  const response = await post('{"bookingId": "bk-u-bayo.r-1"}', {}, '/api/v1/bookings/bk-u-ada.r-1/cancellation');
  expect(response.statusCode).toBe(400);
  expect(pointersOf(response.body)).toEqual(['/bookingId']);
});

test.each([
  ['x'.repeat(65), 'too long'],
  ['a b', 'a space in it'],
  ['', 'empty'],
])('an Idempotency-Key that is no key is refused [%s]', async (key) => {
  const response = await post(JSON.stringify(ride), { 'idempotency-key': key });
  expect(response.statusCode).toBe(400);
  expect(response.json<{ detail: string }>().detail).toContain('Idempotency-Key');
});
