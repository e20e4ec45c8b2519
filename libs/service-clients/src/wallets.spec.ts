import { describe, expect, it } from 'vitest';
import { gatewayEventsService } from './gateway-events.ts';
import { createHttp } from './http.ts';
import { invoiceService } from './invoice.ts';
import { context, localService } from './local-service.fixture.ts';
import { walletsService } from './wallets.ts';

const service = localService();
const http = (name = 'payment') => createHttp({ service: name, baseUrl: `${service.url}/${name}`, timeoutMs: 2_000 });
const wallets = () => walletsService(http());

const topUpId = 't-1';
const money = { amount: 1_200, currency: 'NGN' };
const topUp = { userId: 'u-1', madeBy: 'run-1', money };
const keyed = { 'idempotency-key': context.key };
const lastCall = () => service.seen.at(-1);

describe('a top-up', () => {
  it.each([
    [409, 'already-undone'],
    [409, 'top-up-exists'],
    [422, 'idempotency-key-reused'],
  ])('is opened, unless another run opened it before (%i %s)', async (status, code) => {
    service.willAnswer([201, { state: 'waiting' }], [status, { code }]);
    expect(await wallets().openTopUp({ topUpId, ...topUp }, context)).toEqual({ status: 'waiting' });
    expect(lastCall()).toMatchObject({ call: 'POST /payment/top-ups/t-1/opening', headers: keyed, body: topUp });
    expect(await wallets().openTopUp({ topUpId, ...topUp }, context)).toEqual({ status: 'made-before' });
  });

  it.each(['expired', 'cancelled', 'refused', 'failed', 'settled-by-hand'] as const)('is closed: %s', async (state) => {
    service.willAnswer([201, { state }]);
    expect(await wallets().closeTopUp({ topUpId, state, chargeReturned: true, ...topUp }, context)).toEqual({ state });
    expect(lastCall()).toMatchObject({
      call: 'POST /payment/top-ups/t-1/closing',
      headers: keyed,
      body: { state, chargeReturned: true, ...topUp },
    });
  });

  it('is found, or undefined', async () => {
    const open = { state: 'waiting', openedAt: '2026-11-21T10:00:00.000Z', reference: null, chargeReturned: false };
    const record = { topUpId, ...topUp, ...open };
    service.willAnswer([200, record], [404, { code: 'not-found' }]);
    expect(await wallets().findTopUp(topUpId, context)).toEqual(record);
    expect(lastCall()).toMatchObject({ call: 'GET /payment/top-ups/t-1' });
    expect(await wallets().findTopUp(topUpId, context)).toBeUndefined();
  });
});

describe('a credit', () => {
  const credit = { reference: 'top-up-t-1', topUpId, money, late: false };

  it('adds the paid amount to the wallet', async () => {
    service.willAnswer([201, { credited: money }]);
    expect(await wallets().credit({ user: 'u-1', ...credit }, context)).toEqual({
      status: 'credited',
      credited: money,
    });
    expect(lastCall()).toMatchObject({ call: 'POST /payment/wallets/u-1/credits', headers: keyed, body: credit });
  });

  it.each(['already-credited', 'top-up-closed'])('is refused as a value: %s', async (code) => {
    service.willAnswer([409, { code }]);
    expect(await wallets().credit({ user: 'u-1', ...credit }, context)).toEqual({ status: code });
  });
});

it('an invoice is issued with a number', async () => {
  const request = { invoiceId: 'top-up-t-1', user: 'u-1', money, lines: [{ text: 'Top-up', money }] };
  service.willAnswer([201, { number: 'INV-2026-000001' }]);
  expect(await invoiceService(http('invoice')).issue(request, context)).toEqual({ number: 'INV-2026-000001' });
  expect(lastCall()).toMatchObject({ call: 'POST /invoice/invoices', headers: keyed, body: request });
});

it.each([
  { kind: 'payment', paymentId: 'p-1', state: 'completed' },
  { kind: 'top-up', topUpId, state: 'credited', credited: 'top-up-t-1' },
  { kind: 'none' },
])('an event of the gateway is recorded, and says whose it is: $kind', async (concern) => {
  const event = { event: 'charge.success', id: '1', reference: 'payment-p=1' };
  const recorded = { first: true, concern, openRefunds: ['refund-p_1-r1'] };
  service.willAnswer([201, recorded]);
  expect(await gatewayEventsService(http()).record(event, context)).toEqual(recorded);
  expect(lastCall()).toMatchObject({ call: 'POST /payment/gateway-events', headers: keyed, body: event });
});
