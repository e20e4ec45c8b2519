import { RefundPayment, type RunStatus } from '@longhaul/contracts';
import { beforeEach, describe, expect, test } from 'vitest';
import { gatewayForEachTest, ride } from './gateway.fixture.ts';

const gateway = gatewayForEachTest();
const book = () => gateway.post('/api/v1/bookings', ride);
const get = (what: string) => gateway.get(`/api/v1/bookings/booking-u-ada.r-1/${what}`);
const cancel = (headers: Record<string, string> = {}, body: object = {}) =>
  gateway.post('/api/v1/bookings/booking-u-ada.r-1/cancel', body, headers);
const theRun = () => gateway.longhaul.run('booking-u-ada.r-1');
const end = (ended: 'completed' | 'failed') => {
  gateway.longhaul.end('booking-u-ada.r-1', ended);
};

const working: RunStatus = {
  state: 'working',
  stepsDone: ['holdSeat'],
  waitingFor: { step: 'chargeFare', until: '2026-11-21T08:03:00.000Z' },
  cancelRequested: false,
  attention: null,
  outcome: null,
};

test('a run with the longest possible id is found', async () => {
  const refund = { paymentId: `${'u'.repeat(64)}.${'p'.repeat(64)}`, refundId: 'r'.repeat(32), reason: 'Wrong size' };
  const { workflowId } = await gateway.longhaul.start(RefundPayment, refund, { owner: 'u-ada' });
  for (const what of ['status', 'result']) {
    expect((await gateway.get(`${RefundPayment.http.runs}/${workflowId}/${what}`)).statusCode).toBeLessThan(300);
  }
});

describe('the status', () => {
  beforeEach(async () => {
    await book();
  });

  test('is the answer of the run', async () => {
    theRun().status = working;
    expect((await get('status')).json()).toMatchObject({ ...working, workflowId: 'booking-u-ada.r-1', runId: 'run-1' });
  });

  test('is answered as unknown while there is no worker', async () => {
    const response = await get('status');
    expect(response.statusCode).toBe(200);
    expect(response.json()).toMatchObject({ state: 'unknown', outcome: null, endedAt: null });
  });

  test('is parked if the run had raised attention before its worker stopped', async () => {
    theRun().description = { ...theRun().description, attention: 'http-500' };
    expect((await get('status')).json()).toMatchObject({ state: 'parked' });
  });

  test('shows the owner that a run is parked, and the fault only to operators', async () => {
    const attention = {
      step: 'refundFare',
      code: 'http-500',
      message: 'SQL',
      owner: 'ops',
      since: working.waitingFor!.until!,
    };
    theRun().status = { ...working, state: 'parked', attention };
    const response = await get('status');
    expect(response.json()).toMatchObject({ state: 'parked', attention: { step: 'refundFare' } });
    expect(response.body).not.toContain('SQL');
  });

  test('of a run that has ended is its outcome', async () => {
    end('completed');
    theRun().outcome = { status: 'sold-out' };
    expect((await get('status')).json()).toMatchObject({ state: 'finished', outcome: { status: 'sold-out' } });
  });

  test('of a run that has ended is unknown if Temporal is too slow to return the outcome', async () => {
    end('completed');
    const response = await get('status');
    expect(response.statusCode).toBe(200);
    expect(response.json()).toMatchObject({ state: 'unknown', outcome: null, endedAt: expect.any(String) });
  });

  test('of a run that failed is the code of its fault', async () => {
    end('failed');
    theRun().failure = 'InvalidInput';
    const response = await get('status');
    expect(response.json()).toMatchObject({ state: 'failed', failure: 'InvalidInput' });
    expect(response.body).not.toContain('secret');
  });
});

describe('the result', () => {
  beforeEach(async () => {
    await book();
  });

  test('is answered at once while there is none, unless the caller wants to wait', async () => {
    const response = await get('result');
    expect(response.statusCode).toBe(202);
    expect(response.json()).toMatchObject({ finished: false });
    expect(gateway.longhaul.calls.map(({ call }) => call)).not.toContain('result');
  });

  test('is waited for as long as the caller requests', async () => {
    const response = await get('result?wait=30');
    expect(response.statusCode).toBe(202);
    expect(gateway.longhaul.calls.at(-1)).toMatchObject({ call: 'result', with: { waitMs: 30_000 } });
  });

  test('is the outcome', async () => {
    theRun().outcome = { status: 'sold-out' };
    const response = await get('result?wait=1');
    expect(response.statusCode).toBe(200);
    expect(response.json()).toEqual({ status: 'sold-out' });
  });

  test('of a run that failed is a problem with the code of the fault, without internals', async () => {
    end('failed');
    theRun().failure = 'hold-lapsed';
    const response = await get('result');
    expect(response.statusCode).toBe(409);
    expect(response.json()).toMatchObject({ code: 'run-failed', failure: 'hold-lapsed' });
    expect(response.body).not.toContain('secret');
  });
});

describe('a cancel', () => {
  beforeEach(async () => {
    await book();
  });

  test('is answered by the run', async () => {
    theRun().answers = { cancel: { answer: 'accepted' } };
    const response = await cancel();
    expect(response.statusCode).toBe(200);
    expect(response.json()).toEqual({ answer: 'accepted' });
  });

  test('sent twice with one key is one message; with another body it is another message', async () => {
    theRun().answers = { cancel: { answer: 'accepted' } };
    const key = { 'idempotency-key': 'c-1' };
    await cancel(key);
    await cancel(key);
    await cancel(key, { reason: 'too dear' });
    const sent = gateway.longhaul.calls.filter(({ call }) => call === 'update cancel').map((made) => made.with);
    const [first, again, other] = sent as { updateId: string }[];
    expect(first).toMatchObject({ updateId: expect.stringMatching(/^cancel-c-1-[0-9a-f]{64}$/) });
    expect(again!.updateId).toBe(first!.updateId);
    expect(other!.updateId).not.toBe(first!.updateId);
  });

  test('of a run that has ended is answered with what to do instead', async () => {
    end('completed');
    const response = await cancel();
    expect(response.statusCode).toBe(409);
    expect(response.json<{ detail: string }>().detail).toContain('/api/v1/bookings/:bookingId/cancellation');
  });

  test('without an answer of a worker does not count as accepted', async () => {
    const response = await cancel();
    expect(response.statusCode).toBe(503);
    expect(response.headers['retry-after']).toBe('2');
    expect(response.json()).toMatchObject({ code: 'no-worker-answer' });
  });
});

test('an internal error is a problem without internals', async () => {
  gateway.longhaul.start = () =>
    Promise.reject(new TypeError('Cannot read properties of undefined (reading "secret")'));
  const response = await book();
  expect(response.statusCode).toBe(500);
  expect(response.json()).toMatchObject({ code: 'internal', title: 'Something went wrong here' });
  expect(response.body).not.toMatch(/secret|TypeError|\.ts/);
  expect(gateway.logged.join('')).toContain('secret');
});
