import { ownerDigest } from '@longhaul/client';
import { BookRide, CancelBooking } from '@longhaul/contracts';
import { generateKeyPair, UnsecuredJWT } from 'jose';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { gatewayForEachTest, ride, startIssuer, testGateway } from './gateway.fixture.ts';

const gateway = gatewayForEachTest();
const { bearer } = gateway;
const send = async (
  method: 'GET' | 'POST',
  url: string,
  authorization: string | undefined,
  payload?: Record<string, unknown>,
) =>
  gateway.app.inject({
    method,
    url,
    headers: { 'x-correlation-id': 'c-1', ...(authorization && { authorization }) },
    ...(payload && { payload }),
  });

describe('a request without a valid token is refused', () => {
  /** More than the allowed difference of two clocks. */
  const aMomentAgo = Math.floor(Date.now() / 1_000) - 6;
  const tokens: [string, () => Promise<string | undefined>][] = [
    ['no token', () => Promise.resolve(undefined)],
    ['another kind of credentials', () => Promise.resolve('Basic dTpw')],
    ['no JWT', () => Promise.resolve('Bearer nonsense')],
    ['an expired token', async () => `Bearer ${await gateway.issuer.token({ sub: 'u-ada', exp: aMomentAgo })}`],
    [
      'a token that is not valid yet',
      async () => `Bearer ${await gateway.issuer.token({ sub: 'u-ada', nbf: 9_999_999_999 })}`,
    ],
    [
      'one of another issuer',
      async () => `Bearer ${await gateway.issuer.token({ sub: 'u-ada', iss: 'https://other.test' })}`,
    ],
    ['one for another audience', async () => `Bearer ${await gateway.issuer.token({ sub: 'u-ada', aud: 'other' })}`],
    ['one without a subject', async () => `Bearer ${await gateway.issuer.token({ scope: 'operations' })}`],
    ...[['u-ada'], { id: 'u-ada' }, 7, true, '', 'u-ada\u0000', 'u'.repeat(256)].map(
      (sub): [string, () => Promise<string>] => [
        `one whose subject is no name [${JSON.stringify(sub).slice(0, 20)}]`,
        async () => `Bearer ${await gateway.issuer.token({ sub: sub as string })}`,
      ],
    ),
    ['one without an end', async () => `Bearer ${await gateway.issuer.token({ sub: 'u-ada' }, { expires: false })}`],
    [
      'one with a wrong signature',
      async () =>
        `Bearer ${await gateway.issuer.token({ sub: 'u-ada' }, { signedWith: (await generateKeyPair('ES256')).privateKey })}`,
    ],
    [
      'one that is not signed',
      () =>
        Promise.resolve(
          `Bearer ${new UnsecuredJWT({ sub: 'u-ada' }).setIssuer(gateway.issuer.url).setAudience('longhaul').setExpirationTime('1h').encode()}`,
        ),
    ],
  ];
  test.each(tokens)('%s', async (_what, token) => {
    const response = await send('POST', '/api/v1/bookings', await token(), ride);
    expect(response.statusCode).toBe(401);
    expect(response.headers['www-authenticate']).toMatch(/^Bearer/);
    expect(response.json()).toMatchObject({ code: 'invalid-token', status: 401 });
    expect(gateway.longhaul.calls).toEqual([]);
  });
});

test('an issuer that does not answer gives 503, not 401', async () => {
  const gone = await startIssuer();
  const token = await gone.token({ sub: 'u-ada' });
  await gone.close();
  const { app: lonely } = await testGateway(gone);
  const response = await lonely.inject({
    url: '/api/v1/bookings/booking-u-ada.r-1/status',
    headers: { authorization: `Bearer ${token}` },
  });
  expect(response.statusCode).toBe(503);
  expect(response.json()).toMatchObject({ code: 'issuer-unavailable' });
  await lonely.close();
});

describe("another user's run", () => {
  beforeEach(async () => {
    await gateway.longhaul.start(
      BookRide,
      { ...ride, user: 'u-bayo' },
      {
        owner: 'u-bayo',
      },
    );
  });

  test.each([
    ['GET', 'status'],
    ['GET', 'result?wait=1'],
    ['POST', 'cancel'],
    ['POST', 'resolve'],
  ] as const)('looks like a missing one, byte for byte [%s %s]', async (method, what) => {
    const token = await bearer('u-ada');
    const payload = what === 'resolve' ? { action: 'retry' } : {};
    const sent = method === 'POST' ? payload : undefined;
    const foreign = await send(method, `/api/v1/bookings/booking-u-bayo.r-1/${what}`, token, sent);
    const missing = await send(method, `/api/v1/bookings/booking-u-bayo.r-2/${what}`, token, sent);
    const plain = ({ headers }: typeof foreign) => ({ ...headers, date: '', 'x-ratelimit-remaining': '' });
    expect(foreign.statusCode).toBe(404);
    expect(foreign.rawPayload.equals(missing.rawPayload)).toBe(true);
    expect(plain(foreign)).toEqual(plain(missing));
  });

  test.each(['booking-u-bayo.r-1', 'booking-u-bayo.r-2'])(
    'cannot be distinguished from a missing one by the time of the answer [%s]',
    async (workflowId) => {
      const token = await bearer('u-ada');
      const ask = () => send('GET', `/api/v1/bookings/${workflowId}/status`, token);
      await ask();
      vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] });
      const askedAt = performance.now();
      let answered = false;
      const answer = ask().finally(() => (answered = true));
      while (!answered) await vi.advanceTimersByTimeAsync(1);
      expect(performance.now() - askedAt).toBeGreaterThanOrEqual(50);
      expect((await answer).statusCode).toBe(404);
      vi.useRealTimers();
    },
  );

  test('is visible to a caller with the scope to act for others', async () => {
    const url = '/api/v1/bookings/booking-u-bayo.r-1/status';
    const response = await send('GET', url, await bearer('desk', 'bookings:any'));
    expect(response.statusCode).toBe(200);
  });

  test('neither blocks another user with the same key nor is visible to them', async () => {
    const response = await send('POST', '/api/v1/bookings', await bearer('u-ada'), ride);
    expect(response.statusCode).toBe(202);
    expect(response.json()).toEqual({ workflowId: 'booking-u-ada.r-1', runId: expect.any(String) });
    expect([...gateway.longhaul.runs.keys()]).toEqual(['booking-u-bayo.r-1', 'booking-u-ada.r-1']);
  });
});

test('a run of another workflow type with a matching id is not found', async () => {
  await gateway.longhaul.start(CancelBooking, { bookingId: 'bk-u-ada.r-1' }, { owner: 'u-ada' });
  const url = '/api/v1/bookings/cancellation-bk-u-ada.r-1/status';
  expect((await send('GET', url, await bearer('u-ada'))).statusCode).toBe(404);
});

describe('starting a run for another user', () => {
  test('is refused with the name of the field', async () => {
    const response = await send('POST', '/api/v1/bookings', await bearer('u-bayo'), ride);
    expect(response.statusCode).toBe(403);
    expect(response.json()).toMatchObject({ code: 'not-allowed', errors: [{ pointer: '/user' }] });
    expect(gateway.longhaul.calls).toEqual([]);
  });

  test('is allowed with the scope for it, and that user owns the run', async () => {
    const response = await send('POST', '/api/v1/bookings', await bearer('desk', 'openid bookings:any'), ride);
    expect(response.statusCode).toBe(202);
    expect(gateway.longhaul.runs.get('booking-u-ada.r-1')?.description.memo?.owner).toBe(ownerDigest('u-ada'));
  });
});

describe('cancelling a booking', () => {
  test('is allowed for the user who owns the booking according to the booking service', async () => {
    const response = await send('POST', '/api/v1/bookings/bk-u-ada.r-1/cancellation', await bearer('u-ada'));
    expect(response.statusCode).toBe(202);
    expect(response.headers.location).toBe('/api/v1/booking-cancellations/cancellation-bk-u-ada.r-1/status');
    expect(gateway.longhaul.calls).toMatchObject([
      { call: 'start', with: { owner: 'u-ada', input: { bookingId: 'bk-u-ada.r-1' } } },
    ]);
  });

  test("answers the same for another user's booking as for a missing one", async () => {
    const token = await bearer('u-ada');
    const foreign = await send('POST', '/api/v1/bookings/bk-u-bayo.r-1/cancellation', token);
    const missing = await send('POST', '/api/v1/bookings/bk-u-ada.none/cancellation', token);
    expect(foreign.statusCode).toBe(404);
    expect(foreign.body).toBe(missing.body);
    expect(gateway.longhaul.calls).toEqual([]);
  });
});

describe("an operator's message", () => {
  const resolve = async (authorization: string, payload: Record<string, unknown> = { action: 'retry' }) =>
    send('POST', '/api/v1/bookings/booking-u-ada.r-1/resolve', authorization, payload);
  const answer = { resolved: true, detail: 'The step is tried again' };
  beforeEach(async () => {
    await send('POST', '/api/v1/bookings', await bearer('u-ada'), ride);
    gateway.longhaul.run('booking-u-ada.r-1').answers = { resolve: answer };
  });

  test('needs the scope `operations`', async () => {
    expect((await resolve(await bearer('u-ada'))).statusCode).toBe(403);
    expect((await resolve(await bearer('ops', 'operations'))).json()).toEqual(answer);
  });

  test.each([['ops'], ['o'.repeat(255)]])('is recorded with the subject of the token [%s]', async (sub) => {
    for (const payload of [{ action: 'retry' }, { action: 'retry', by: sub }]) {
      expect((await resolve(await bearer(sub, 'operations'), payload)).statusCode).toBe(200);
      const { call, with: sent } = gateway.longhaul.calls.at(-1)!;
      expect([call, sent]).toEqual([
        'update resolve',
        expect.objectContaining({ input: { action: 'retry', by: sub } }),
      ]);
    }
  });

  test('is refused if the body names another sender', async () => {
    const response = await resolve(await bearer('ops', 'operations'), { action: 'retry', by: 'u-bayo' });
    expect(response.statusCode).toBe(400);
    expect(response.json()).toMatchObject({ errors: [{ pointer: '/by' }] });
    expect(gateway.longhaul.calls.map(({ call }) => call)).not.toContain('update resolve');
  });
});
