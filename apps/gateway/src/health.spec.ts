import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { gatewayForEachTest } from './gateway.fixture.ts';

const gateway = gatewayForEachTest();
const ready = async () => (await gateway.app.inject({ url: '/readyz' })).statusCode;
const checks = () => gateway.longhaul.calls.filter(({ call }) => call === 'check').length;

describe('the gateway is ready', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['performance'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test('while Temporal answers, and not while it is down', async () => {
    expect(await ready()).toBe(200);
    gateway.longhaul.away = true;
    vi.advanceTimersByTime(1_000);
    expect(await ready()).toBe(503);
    expect((await gateway.app.inject({ url: '/livez' })).statusCode).toBe(200);
    gateway.longhaul.away = false;
    vi.advanceTimersByTime(1_000);
    expect(await ready()).toBe(200);
  });

  test('or not, with one check per second for all probes', async () => {
    await Promise.all(Array.from({ length: 50 }, ready));
    vi.advanceTimersByTime(999);
    await ready();
    expect(checks()).toBe(1);
    vi.advanceTimersByTime(1);
    await ready();
    expect(checks()).toBe(2);
  });

  test('or logs once for each check that it is not', async () => {
    gateway.longhaul.away = true;
    await Promise.all(Array.from({ length: 50 }, ready));
    expect(gateway.logged.filter((line) => line.includes('Not ready'))).toHaveLength(1);
  });
});
