import { describe, expect, test } from 'vitest';
import { gatewayForEachTest, testGateway } from '../gateway.fixture.ts';
import {
  chargeEvent,
  fakePaymentService,
  secretKey,
  signatureOf,
  type FakePaymentService,
} from './paystack.fixture.ts';

let payments: FakePaymentService;
const gateway = gatewayForEachTest(() => {
  payments = fakePaymentService();
  return { paystack: { secretKey, events: payments } };
});
const send = (payload: string | Buffer, headers: Record<string, string> = {}) =>
  gateway.app.inject({
    method: 'POST',
    url: '/api/v1/webhooks/paystack',
    headers: { 'content-type': 'application/json', ...headers },
    payload,
  });
const sendSigned = (body: string | Buffer, headers: Record<string, string> = {}) =>
  send(body, { 'x-paystack-signature': signatureOf(body), ...headers });
const charged = chargeEvent('top-up-t-1');

describe('an event that Paystack has signed', () => {
  test('is recorded with a key of its own and the correlation id of the answer', async () => {
    const response = await sendSigned(charged);
    expect(response.statusCode).toBe(200);
    expect(payments.recorded).toEqual([
      {
        event: { event: 'charge.success', id: '302961', reference: 'top-up-t-1' },
        context: { key: 'paystack/charge.success/302961', correlationId: response.headers['x-correlation-id'] },
      },
    ]);
    expect(gateway.logged.filter((line) => line.includes('Heard from Paystack'))).toHaveLength(1);
  });

  test.each([
    ['with an escape', String.raw`{"event":"charge.success","data":{"id":1,"reference":"top-up-t\u002d1"}}`],
    ['with an exponent', '{"event":"charge.success","data":{"id":1,"reference":"top-up-t-1","amount":5e5}}'],
    ['with blanks', '{ "event" : "charge.success", "data": {"id": 1, "reference": "top-up-t-1"} }\n'],
    [
      'with letters of the world',
      '{"event":"charge.success","data":{"id":1,"reference":"top-up-t-1","name":"Ọláyínká"}}',
    ],
  ])('is taken by the bytes as they came [%s]', async (_what, body) => {
    expect((await sendSigned(body)).statusCode).toBe(200);
    expect(payments.recorded).toMatchObject([{ event: { id: '1', reference: 'top-up-t-1' } }]);
  });

  test.each([
    ['application/json; charset=utf-8'],
    ['text/plain'],
    ['application/x-www-form-urlencoded'],
    ['application/octet-stream'],
  ])('is taken whatever it says it is [%s]', async (contentType) => {
    expect((await sendSigned(charged, { 'content-type': contentType })).statusCode).toBe(200);
    expect(payments.recorded).toHaveLength(1);
  });

  test('may have its signature in upper case', async () => {
    const signature = signatureOf(charged).toUpperCase();
    expect((await send(charged, { 'x-paystack-signature': signature })).statusCode).toBe(200);
  });

  test.each([
    ['of a kind that we do not use', chargeEvent('TRF_1', { event: 'transfer.success' })],
    ['about an unknown reference', chargeEvent('top-up-unknown')],
  ])('is recorded and done with [%s]', async (_what, body) => {
    expect((await sendSigned(body)).statusCode).toBe(200);
    expect(payments.recorded).toHaveLength(1);
    expect(gateway.longhaul.calls).toEqual([]);
  });

  test.each([
    ['no reference', chargeEvent(null)],
    ['no data', '{"event":"charge.success"}'],
    ['a reference that is too long', chargeEvent('x'.repeat(201))],
    ['a reference that is invalid in a header', chargeEvent('top-up\r\nx: 1')],
    ['a reference that a database cannot store', chargeEvent('top-up-\u0000')],
    ['a lone surrogate in it', String.raw`{"event":"charge.success","data":{"id":1,"reference":"\ud800"}}`],
    ['a name that is too long', chargeEvent('top-up-t-1', { event: 'charge.'.repeat(100) })],
  ])('that could not be ours is done with, and no service is troubled [%s]', async (_what, body) => {
    expect((await sendSigned(body)).statusCode).toBe(200);
    expect(payments.recorded).toEqual([]);
    const [line] = gateway.logged.filter((logged) => logged.includes('about no reference that could be ours'));
    expect(line).toBeDefined();
    expect(line!.length).toBeLessThan(1_000);
  });

  test('is accepted without a content type', async () => {
    const headers = { 'x-paystack-signature': signatureOf(charged) };
    const payload = Buffer.from(charged);
    const response = await gateway.app.inject({ method: 'POST', url: '/api/v1/webhooks/paystack', headers, payload });
    expect(response.statusCode).toBe(200);
  });

  test.each([
    ['no JSON', 'event=charge.success'],
    ['a byte order mark before it', `\ufeff${charged}`],
    ['a reference named twice', charged.replace('{"id"', '{"reference":"top-up-t-2","id"')],
    ['invalid UTF-8', Buffer.from(charged.replace('t-1', 't-\u00ff'), 'latin1')],
    ['a list', '[]'],
    ['nothing', 'null'],
    ['an event without a name', '{"event":""}'],
    ['deep nesting', '['.repeat(60_000)],
  ])('has to be an event [%s]', async (_what, body) => {
    const response = await sendSigned(body);
    expect(response.statusCode).toBe(400);
    expect(response.json()).toMatchObject({ code: 'invalid-request' });
    expect(payments.recorded).toEqual([]);
  });
});

describe('a webhook that Paystack has not signed has no effect', () => {
  test.each<[string, string, Record<string, string>]>([
    ['no signature', charged, {}],
    ['an empty one', charged, { 'x-paystack-signature': '' }],
    ['one that is no signature', charged, { 'x-paystack-signature': 'ok' }],
    ['one of the right length', charged, { 'x-paystack-signature': '0'.repeat(128) }],
    ['one by another secret', charged, { 'x-paystack-signature': signatureOf(charged, 'sk_test_other') }],
    ['one by an empty secret', charged, { 'x-paystack-signature': signatureOf(charged, '') }],
    ['one of another body', charged.replace('t-1', 't-2'), { 'x-paystack-signature': signatureOf(charged) }],
    ['one of the body without its last byte', `${charged} `, { 'x-paystack-signature': signatureOf(charged) }],
    ['one of no body', charged, { 'x-paystack-signature': signatureOf('') }],
    ['two in one', charged, { 'x-paystack-signature': `${signatureOf(charged)}, ${signatureOf(charged)}` }],
    ['one under another name', charged, { 'x-signature': signatureOf(charged) }],
    [
      'one by another secret, as text',
      charged,
      { 'x-paystack-signature': '0'.repeat(128), 'content-type': 'text/plain' },
    ],
  ])('%s', async (_what, body, headers) => {
    const response = await send(body, headers);
    expect(response.statusCode).toBe(401);
    expect(response.json()).toMatchObject({ code: 'invalid-signature' });
    expect(response.body).not.toContain(secretKey);
    expect(payments.recorded).toEqual([]);
    expect(gateway.longhaul.calls).toEqual([]);
  });

  test('also without a body', async () => {
    const response = await gateway.app.inject({ method: 'POST', url: '/api/v1/webhooks/paystack' });
    expect(response.statusCode).toBe(401);
  });

  test('a body larger than any event is not read, signed or not', async () => {
    const huge = chargeEvent('x'.repeat(70_000));
    for (const response of [await send(huge), await sendSigned(huge)]) {
      expect(response.statusCode).toBe(413);
      expect(response.json()).toMatchObject({ code: 'request-too-large' });
    }
    expect(payments.recorded).toEqual([]);
  });

  test('and is logged once however often it is sent, without limiting Paystack', async () => {
    const before = gateway.logged.length;
    for (let sent = 0; sent < 1_000; sent += 1) {
      await send(chargeEvent(`forged-${sent}`), { 'x-paystack-signature': '0'.repeat(128) });
    }
    const lines = gateway.logged.slice(before);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('Paystack has not signed them');
    expect(lines[0]).not.toContain('forged-');
    expect((await sendSigned(charged)).statusCode).toBe(200);
  });
});

test('without a secret key the route does not exist', async () => {
  const { app } = await testGateway(gateway.issuer);
  const headers = { 'x-paystack-signature': signatureOf(charged, '') };
  const url = '/api/v1/webhooks/paystack';
  expect((await app.inject({ method: 'POST', url, headers, payload: charged })).statusCode).toBe(404);
  await app.close();
});
