import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ownerDigest } from '@longhaul/client';
import { bookingService, createHttp, paymentsService } from '@longhaul/service-clients';
import { describe, expect, test } from 'vitest';
import { recordOwners } from './access/owner.ts';
import { gatewayForEachTest, pointersOf, testGateway } from './gateway.fixture.ts';

const gateway = gatewayForEachTest();
const refund = async (
  paymentId: string,
  sub: string,
  { scope = '', body = {} }: { scope?: string; body?: object } = {},
) =>
  gateway.post(
    `/api/v1/payments/${paymentId}/refunds`,
    { refundId: 'r1', reason: 'Wrong size', ...body },
    { authorization: await gateway.bearer(sub, scope), 'x-correlation-id': 'c-1' },
  );

describe('a refund', () => {
  test('is allowed for the merchant who was paid according to the payment service, who then owns it', async () => {
    const response = await refund('u-ada.p-1', 'm-shop');
    expect(response.statusCode).toBe(202);
    expect(response.headers.location).toBe('/api/v1/refunds/refund-u-ada.p-1-r1/status');
    expect(gateway.longhaul.calls).toMatchObject([{ with: { owner: 'm-shop', input: { paymentId: 'u-ada.p-1' } } }]);
  });

  test('started by a caller with the scope to act for others is owned by the merchant', async () => {
    expect((await refund('u-ada.p-1', 'desk', { scope: 'payments:any' })).statusCode).toBe(202);
    expect(gateway.longhaul.run('refund-u-ada.p-1-r1').description.memo?.owner).toBe(ownerDigest('m-shop'));
  });

  test.each([
    ['another merchant', 'm-kiosk', ''],
    ['the user who paid', 'u-ada', ''],
    ['one with a scope for other things', 'desk', 'bookings:any operations'],
  ])('cannot be had by %s: the payment looks like a missing one, byte for byte', async (_who, sub, scope) => {
    const foreign = await refund('u-ada.p-1', sub, { scope });
    const missing = await refund('u-ada.p-none', sub, { scope });
    const plain = ({ headers }: typeof foreign) => ({ ...headers, date: '', 'x-ratelimit-remaining': '' });
    expect(foreign.statusCode).toBe(404);
    expect(foreign.rawPayload.equals(missing.rawPayload)).toBe(true);
    expect(plain(foreign)).toEqual(plain(missing));
    expect(gateway.longhaul.calls).toEqual([]);
  });

  test('of an unknown payment is not found, also with the scope to act for others', async () => {
    expect((await refund('u-ada.p-none', 'desk', { scope: 'payments:any' })).statusCode).toBe(404);
  });

  test.each([
    ['nothing', { money: { amount: 0, currency: 'NGN' } }, '/money/amount'],
    ['no reason', { reason: ' ' }, '/reason'],
    ['an id with "-", which separates it from the payment id', { refundId: 'r-1' }, '/refundId'],
    ['another payment than the one in the path', { paymentId: 'u-ada.p-2' }, '/paymentId'],
  ])('for %s is refused, and nobody is asked', async (_what, body, pointer) => {
    const response = await refund('u-ada.p-none', 'm-shop', { body });
    expect(response.statusCode).toBe(400);
    expect(pointersOf(response.body)).toEqual([pointer]);
  });

  test('is not started while the payment service does not answer', async () => {
    const away = createHttp({ service: 'payment', baseUrl: 'http://127.0.0.1:1', timeoutMs: 1_000 });
    const { app, longhaul } = await testGateway(gateway.issuer, {
      recordOwners: recordOwners({ bookings: bookingService(away), payments: paymentsService(away) }),
    });
    const response = await app.inject({
      method: 'POST',
      url: '/api/v1/payments/u-ada.p-1/refunds',
      headers: { authorization: await gateway.bearer('m-shop') },
      payload: { refundId: 'r1', reason: 'Wrong size' },
    });
    expect(response.statusCode).toBe(503);
    expect(response.json()).toMatchObject({ code: 'service-unavailable' });
    expect(response.body).not.toContain('127.0.0.1');
    expect(longhaul.calls).toEqual([]);
    await app.close();
  });

  test.each([
    [401, "The payment service does not take the gateway's credentials, which a person has to mend."],
    [403, "The payment service does not take the gateway's credentials, which a person has to mend."],
    [400, 'The payment service answered what was not agreed, which a person has to mend.'],
    [200, 'The payment service answered what was not agreed, which a person has to mend.'],
  ])('is not begun, and no silence is told of, when the payment service answers %s', async (status, detail) => {
    const service = createServer((_request, reply) => reply.writeHead(status).end('{}')).listen(0, '127.0.0.1');
    await once(service, 'listening');
    const { port } = service.address() as AddressInfo;
    const payment = createHttp({ service: 'payment', baseUrl: `http://127.0.0.1:${port}`, timeoutMs: 1_000 });
    const { app } = await testGateway(gateway.issuer, {
      recordOwners: recordOwners({ bookings: bookingService(payment), payments: paymentsService(payment) }),
    });
    const response = await app.inject({
      method: 'POST',
      url: '/api/v1/payments/u-ada.p-1/refunds',
      headers: { authorization: await gateway.bearer('m-shop') },
      payload: { refundId: 'r1', reason: 'Wrong size' },
    });
    expect(response.statusCode).toBe(503);
    expect(response.headers['retry-after']).toBe('60');
    expect(response.json()).toMatchObject({ code: 'service-refused', detail });
    await app.close();
    service.close();
  });
});
