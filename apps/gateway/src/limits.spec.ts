import { StillRunning } from '@longhaul/client';
import { afterEach, describe, expect, test } from 'vitest';
import { gatewayForEachTest, ride } from './gateway.fixture.ts';

describe('requests per minute', () => {
  const gateway = gatewayForEachTest(() => ({ requestsPerMinute: 2 }));
  const ask = async (authorization: string | Promise<string>) =>
    gateway.get('/api/v1/bookings/booking-x/status', await authorization);
  const forged = 'Bearer e30.e30.e30';

  test('are limited for each caller, with a `Retry-After`', async () => {
    await ask(gateway.bearer());
    await ask(gateway.bearer());
    const refused = await ask(gateway.bearer());
    expect(refused.statusCode).toBe(429);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(refused.json()).toMatchObject({ code: 'too-many-requests' });
    expect((await ask(gateway.bearer('u-bayo'))).statusCode).toBe(404);
    expect(gateway.longhaul.calls).toHaveLength(3);
  });

  test('without a valid token are limited per address, and do not lock out callers with the same address', async () => {
    expect([await ask(forged), await ask('Basic dTpw')].map(({ statusCode }) => statusCode)).toEqual([401, 401]);
    const refused = await ask(forged);
    expect(refused.statusCode).toBe(429);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect((await ask(gateway.bearer())).statusCode).toBe(404);
    expect((await ask(gateway.bearer('127.0.0.1'))).statusCode).toBe(404);
  });
});

describe('long polls for a result', () => {
  const gateway = gatewayForEachTest(() => ({ longPolls: 2 }));
  let letGo: () => void = () => undefined;
  afterEach(() => {
    letGo();
  });
  const wait = async (sub: string) =>
    gateway.get('/api/v1/bookings/booking-u-ada.r-1/result?wait=30', await gateway.bearer(sub, 'bookings:any'));

  /** Holds all results until they are released, and counts the waiting long polls. */
  function holdResults() {
    let held = 0;
    const end = new Promise<void>((resolve) => (letGo = resolve));
    const { handle } = gateway.longhaul;
    gateway.longhaul.handle = (contract, workflowId) => ({
      ...handle(contract, workflowId),
      async result() {
        held += 1;
        await end;
        throw new StillRunning(workflowId);
      },
    });
    return { held: () => held };
  }

  test('are limited for each caller', async () => {
    await gateway.post('/api/v1/bookings', ride);
    const { held } = holdResults();
    const waits = [wait('u-ada'), wait('u-ada')];
    await expect.poll(held).toBe(2);
    const refused = await wait('u-ada');
    expect(refused.statusCode).toBe(429);
    expect(refused.headers['retry-after']).toBe('1');
    const other = wait('u-bayo');
    await expect.poll(held).toBe(3);

    letGo();
    expect((await Promise.all([...waits, other])).map(({ statusCode }) => statusCode)).toEqual([202, 202, 202]);
    expect((await wait('u-ada')).statusCode).toBe(202);
  });
});
