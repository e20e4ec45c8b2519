import { describe, expect, test } from 'vitest';
import { fakeLonghaul } from './fake-longhaul.fixture.ts';
import { gatewayForEachTest, ride, testGateway } from './gateway.fixture.ts';

const gateway = gatewayForEachTest();
const book = (payload: object, headers: Record<string, string> = {}) =>
  gateway.post('/api/v1/bookings', payload, headers);
const withoutKey = { ...ride, requestId: undefined };

describe('a start', () => {
  test('is answered with the run and its address', async () => {
    const response = await book(ride);
    expect(response.statusCode).toBe(202);
    expect(response.headers.location).toBe('/api/v1/bookings/booking-u-ada.r-1/status');
    expect(response.json()).toEqual({ workflowId: 'booking-u-ada.r-1', runId: 'run-1' });
  });

  test('that is repeated finds the same run', async () => {
    const [first, second] = [await book(ride), await book(ride)];
    expect(second.statusCode).toBe(202);
    expect(second.body).toBe(first.body);
    expect(gateway.longhaul.runs.size).toBe(1);
  });

  test('with the same key and another input is refused with both digests', async () => {
    await book(ride);
    const response = await book({ ...ride, bus: 'b-8' });
    expect(response.statusCode).toBe(422);
    const problem = response.json<{ code: string; givenDigest: string; existingDigest: string }>();
    expect(problem.code).toBe('input-conflict');
    expect(problem.givenDigest).toMatch(/^[0-9a-f]{64}$/);
    expect(problem.existingDigest).toMatch(/^[0-9a-f]{64}$/);
    expect(problem.existingDigest).not.toBe(problem.givenDigest);
  });

  test.each([['"r-1"'], ['r-1']])('takes its key from the Idempotency-Key header [%s]', async (key) => {
    const response = await book(withoutKey, { 'idempotency-key': key });
    expect(response.json()).toMatchObject({ workflowId: 'booking-u-ada.r-1' });
  });

  test('with two different keys is refused', async () => {
    const response = await book(ride, { 'idempotency-key': 'r-2' });
    expect(response.statusCode).toBe(400);
    expect(response.json()).toMatchObject({ errors: [{ pointer: '/requestId' }] });
    expect(gateway.longhaul.calls).toEqual([]);
  });

  test('uses the correlation id of the caller, and returns it', async () => {
    const response = await book(ride, { 'x-correlation-id': 'trip-42' });
    expect(response.headers['x-correlation-id']).toBe('trip-42');
    expect(gateway.longhaul.calls).toMatchObject([{ with: { correlationId: 'trip-42', owner: 'u-ada' } }]);
    expect(gateway.logged.some((line) => line.includes('"correlationId":"trip-42"'))).toBe(true);
  });

  test("gets a new correlation id if the caller's is not valid for logs", async () => {
    const response = await book(ride, { 'x-correlation-id': 'two words' });
    expect(response.headers['x-correlation-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(gateway.longhaul.calls).toMatchObject([{ with: { correlationId: response.headers['x-correlation-id'] } }]);
  });

  test('is refused as disabled when starting is switched off', async () => {
    const { app: closed, longhaul: off } = await testGateway(gateway.issuer, {
      longhaul: fakeLonghaul({ enabled: false }),
    });
    const response = await closed.inject({
      method: 'POST',
      url: '/api/v1/bookings',
      headers: { authorization: await gateway.bearer() },
      payload: ride,
    });
    expect(response.statusCode).toBe(503);
    expect(response.headers['retry-after']).toBeDefined();
    expect(response.json()).toMatchObject({ code: 'workflows-disabled' });
    expect(off.calls).toEqual([]);
    await closed.close();
  });

  test('is answered differently if Temporal refuses the gateway than if it does not answer', async () => {
    gateway.longhaul.refusing = true;
    const response = await book(ride);
    expect(response.statusCode).toBe(503);
    expect(response.headers['retry-after']).toBe('60');
    expect(response.json()).toMatchObject({
      code: 'temporal-refused',
      detail: 'Temporal refused the gateway, which a person has to mend.',
    });
    expect(response.body).not.toContain('k-secret');
  });
});

test('a start waits three seconds for Temporal', async () => {
  await gateway.post('/api/v1/bookings', ride);
  expect(gateway.longhaul.calls).toMatchObject([{ call: 'start', with: { waitMs: 3_000 } }]);
});
