import { describe, expect, test } from 'vitest';
import { gatewayForEachTest, pointersOf } from './gateway.fixture.ts';

const gateway = gatewayForEachTest();
const redeliver = async (eventId: string, payload: object, sub = 'm-shop', key = 'again-1') =>
  gateway.post(`/api/v1/webhook-events/${eventId}/redeliveries`, payload, {
    authorization: await gateway.bearer(sub),
    'idempotency-key': key,
  });

describe('the redelivery of an event', () => {
  test('is started by its merchant, once per key', async () => {
    const [first, second] = [
      await redeliver('evt-p-1-1', { merchant: 'm-shop' }),
      await redeliver('evt-p-1-1', { merchant: 'm-shop' }),
    ];
    expect(first.statusCode).toBe(202);
    expect(first.headers.location).toBe('/api/v1/webhook-redeliveries/webhook-evt-p-1-1.m-shop.again-1/status');
    expect(second.body).toBe(first.body);
    const again = await redeliver('evt-p-1-1', { merchant: 'm-shop' }, 'm-shop', 'again-2');
    expect(again.json()).toMatchObject({ workflowId: 'webhook-evt-p-1-1.m-shop.again-2' });
    expect(gateway.longhaul.runs.size).toBe(2);
  });

  test('is visible to its merchant only', async () => {
    await redeliver('evt-p-1-1', { merchant: 'm-shop' });
    const url = '/api/v1/webhook-redeliveries/webhook-evt-p-1-1.m-shop.again-1/status';
    expect((await gateway.get(url, await gateway.bearer('m-shop'))).statusCode).toBe(200);
    expect((await gateway.get(url, await gateway.bearer('m-kiosk'))).statusCode).toBe(404);
  });

  test('cannot be started for another merchant', async () => {
    const response = await redeliver('evt-p-1-1', { merchant: 'm-shop' }, 'm-kiosk');
    expect(response.statusCode).toBe(403);
    expect(gateway.longhaul.calls).toEqual([]);
  });

  test('needs a valid event id', async () => {
    const response = await redeliver('evt.1', { merchant: 'm-shop' });
    expect(response.statusCode).toBe(400);
    expect(pointersOf(response.body)).toEqual(['/eventId']);
  });
});

test.each([
  ['/api/v1/webhook-deliveries', { eventId: 'evt-p-1-1', merchant: 'm-shop' }],
  ['/api/v1/late-charges', { reference: 'top-up-t-1' }],
])('what only other runs start, no caller can start [%s]', async (url, input) => {
  const authorization = await gateway.bearer('desk', 'payments:any operations');
  const response = await gateway.post(url, input, { authorization });
  expect(response.statusCode).toBe(404);
  expect(response.json()).toMatchObject({ code: 'not-found' });
  expect(gateway.longhaul.calls).toEqual([]);
});
