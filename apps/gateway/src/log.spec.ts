import { CancelBooking, contracts, isStartable } from '@longhaul/contracts';
import { beforeEach, expect, test } from 'vitest';
import { gatewayForEachTest, ride } from './gateway.fixture.ts';
import { chargeEvent, fakePaymentService, secretKey, signatureOf } from './webhooks/paystack.fixture.ts';

const gateway = gatewayForEachTest(() => ({ paystack: { secretKey, events: fakePaymentService() } }));
const canary = 'canary-5f1e';
const card = '4084084084084081';
let token: string;

beforeEach(async () => {
  token = await gateway.bearer('u-ada', 'operations bookings:any payments:any');
});

/** Checks that the log, at the lowest level, has none of the secrets that the requests contained. */
function nothingIsTold(): void {
  // The id of a run contains its owner's id, and log lines are searched by it.
  const log = gateway.logged.join('').replaceAll('booking-u-ada.r-1', '');
  expect(log).toContain('"route"');
  for (const secret of [canary, card, token.split(' ')[1]!, token.split('.').at(-1)!, secretKey, 'u-ada']) {
    expect(log).not.toContain(secret);
  }
}

const headers = () => ({
  authorization: token,
  cookie: `session=${canary}`,
  'content-type': 'application/json',
  'x-canary': canary,
});
const paths = contracts.flatMap(({ http, updates }) => [
  ['GET', `${http.runs}/${card}/status`],
  ['GET', `${http.runs}/${card}/result`],
  ...Object.keys(updates).map((name) => ['POST', `${http.runs}/${card}/${name}`]),
]);
const starts = contracts.filter(isStartable).map(({ http }) => ['POST', http.start.replace(/:\w+/g, card)]);

test.each([
  ...paths,
  ...starts,
  ['GET', `/api/v1/${card}`],
  ['GET', `/api/v1/${card}/%zz`],
  ['GET', '/livez'],
  ['GET', '/readyz'],
  ['GET', '/docs/json'],
] as ['GET' | 'POST', string][])('%s %s leaves nothing of it in the log', async (method, path) => {
  const payload = JSON.stringify({ note: canary, by: canary, [canary]: card, user: 'u-ada', money: card });
  for (const authorization of [token, `${token}x`, `Basic ${canary}`]) {
    const request = { method, url: `${path}?access_token=${canary}`, headers: { ...headers(), authorization } };
    await gateway.app.inject({ ...request, ...(method === 'POST' && { payload }) });
  }
  await gateway.app.inject({ method: 'GET', url: '/api/v1/none', headers: headers() });
  nothingIsTold();
});

test('starting, reading, resolving and cancelling a booking logs no secrets', async () => {
  const at = '/api/v1/bookings/booking-u-ada.r-1';
  const post = (url: string, payload: object) =>
    gateway.app.inject({ method: 'POST', url: `${url}?token=${canary}`, headers: headers(), payload });
  const segment = { from: canary, to: card };
  expect((await post('/api/v1/bookings', { ...ride, segment })).statusCode).toBe(202);
  const answers = { resolve: { resolved: true, detail: canary }, cancel: { answer: 'too-late', detail: canary } };
  Object.assign(gateway.longhaul.run('booking-u-ada.r-1'), { answers, outcome: { status: canary } });
  expect((await post(`${at}/resolve`, { action: 'settled', note: `${canary} ${card}` })).statusCode).toBe(200);
  expect((await post(`${at}/cancel`, { reason: `${canary} ${card}` })).statusCode).toBe(200);
  expect((await gateway.get(`${at}/result?wait=${canary}`, token)).statusCode).toBe(400);
  expect((await gateway.get(`${at}/result?wait=1`, token)).statusCode).toBe(200);
  expect((await gateway.get(`${at}/status?token=${canary}`, token)).statusCode).toBe(200);
  gateway.longhaul.away = true;
  expect((await gateway.get(`${at}/status?token=${canary}`, token)).statusCode).toBe(503);
  expect((await post(CancelBooking.http.start.replace(':bookingId', 'bk-u-ada.r-1'), {})).statusCode).toBe(503);
  nothingIsTold();
});

test('a webhook logs no secrets, signed or not', async () => {
  const body = JSON.stringify({ ...JSON.parse(chargeEvent('top-up-t-1')), customer: { email: canary, card } });
  for (const signature of [signatureOf(body), canary]) {
    const signed = { ...headers(), 'x-paystack-signature': signature };
    const url = `/api/v1/webhooks/paystack?token=${canary}`;
    await gateway.app.inject({ method: 'POST', url, headers: signed, payload: body });
  }
  await gateway.app.inject({ url: '/api/v1/none', headers: headers() });
  nothingIsTold();
});
