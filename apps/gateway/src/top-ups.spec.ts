import { describe, expect, test } from 'vitest';
import { fakeLonghaul } from './fake-longhaul.fixture.ts';
import { gatewayForEachTest, pointersOf, testGateway } from './gateway.fixture.ts';

let opened = 0;
/** Returns another page at each call. */
const checkout = () => {
  opened += 1;
  const authorizationUrl = `https://checkout.paystack.test/${opened}`;
  return { checkout: 'open', authorizationUrl, reference: 'top-up-u-ada.t-1' };
};
const gateway = gatewayForEachTest(() => ({ longhaul: fakeLonghaul({ answers: { checkout } }) }));
const money = { amount: 500_000, currency: 'NGN' };
const topUp = (payload: object = { money }, headers: Record<string, string> = { 'idempotency-key': 't-1' }) =>
  gateway.post('/api/v1/wallets/u-ada/top-ups', payload, headers);

describe('a top-up', () => {
  test('is answered in one call with the run and the page where the user pays', async () => {
    const response = await topUp();
    expect(response.statusCode).toBe(202);
    expect(response.headers.location).toBe('/api/v1/top-ups/top-up-u-ada.t-1/status');
    expect(response.json()).toEqual({
      workflowId: 'top-up-u-ada.t-1',
      runId: 'run-1',
      checkout: { checkout: 'open', authorizationUrl: expect.stringMatching(/^https:/), reference: 'top-up-u-ada.t-1' },
    });
    const [start] = gateway.longhaul.calls;
    expect(start).toMatchObject({
      call: 'start',
      with: { owner: 'u-ada', input: { userId: 'u-ada', topUpId: 't-1' } },
    });
  });

  test('that is repeated is answered with the same page', async () => {
    const [first, second] = [await topUp(), await topUp()];
    expect(second.statusCode).toBe(202);
    expect(second.body).toBe(first.body);
    expect(gateway.longhaul.runs.size).toBe(1);
  });

  test('that is repeated after its end is answered with the address of its outcome', async () => {
    await topUp();
    gateway.longhaul.end('top-up-u-ada.t-1');
    const response = await topUp();
    expect(response.statusCode).toBe(202);
    expect(response.headers.location).toBe('/api/v1/top-ups/top-up-u-ada.t-1/status');
    expect(response.json()).toEqual({ workflowId: 'top-up-u-ada.t-1', runId: 'run-1' });
  });

  test('with another amount and the same key is refused, also after its end', async () => {
    await topUp();
    const another = { money: { ...money, amount: 1 } };
    expect((await topUp(another)).statusCode).toBe(422);
    gateway.longhaul.end('top-up-u-ada.t-1');
    expect((await topUp(another)).statusCode).toBe(422);
  });

  test('is started without a worker, and a repeat gets its page once there is one', async () => {
    const longhaul = fakeLonghaul();
    const { app } = await testGateway(gateway.issuer, { longhaul });
    const send = async () =>
      app.inject({
        method: 'POST',
        url: '/api/v1/wallets/u-ada/top-ups',
        headers: { authorization: await gateway.bearer() },
        payload: { topUpId: 't-1', money },
      });
    const unanswered = await send();
    expect(unanswered.statusCode).toBe(503);
    expect(unanswered.headers['retry-after']).toBeDefined();
    expect(unanswered.json()).toMatchObject({ code: 'no-worker-answer' });
    longhaul.run('top-up-u-ada.t-1').answers = { checkout };
    expect((await send()).json()).toMatchObject({ runId: 'run-1', checkout: { checkout: 'open' } });
    await app.close();
  });

  test.each([
    ['nothing', { money: { ...money, amount: 0 } }, '/money/amount'],
    ['a wallet other than the one in the path', { money, userId: 'u-bayo' }, '/userId'],
    ['an unknown field', { money, bonus: true }, '/bonus'],
  ])('of %s is refused, and Temporal is not asked', async (_what, body, pointer) => {
    const response = await topUp(body);
    expect(response.statusCode).toBe(400);
    expect(pointersOf(response.body)).toEqual([pointer]);
    expect(gateway.longhaul.calls).toEqual([]);
  });

  test("of another user's wallet needs the scope for it", async () => {
    const fill = async (scope: string) =>
      gateway.post(
        '/api/v1/wallets/u-bayo/top-ups',
        { money, topUpId: 't-3' },
        {
          authorization: await gateway.bearer('u-ada', scope),
        },
      );
    expect((await fill('')).statusCode).toBe(403);
    expect(gateway.longhaul.calls).toEqual([]);
    expect((await fill('payments:any')).statusCode).toBe(202);
  });
});
