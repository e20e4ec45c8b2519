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

  test('while Temporal answers, and not when it is gone', async () => {
    expect(await ready()).toBe(200);
    gateway.longhaul.away = true;
    vi.advanceTimersByTime(1_000);
    expect(await ready()).toBe(503);
    expect((await gateway.app.inject({ url: '/livez' })).statusCode).toBe(200);
    gateway.longhaul.away = false;
    vi.advanceTimersByTime(1_000);
    expect(await ready()).toBe(200);
  });

  test('or not, after one look for all who ask within a second', async () => {
    await Promise.all(Array.from({ length: 50 }, ready));
    vi.advanceTimersByTime(999);
    await ready();
    expect(checks()).toBe(1);
    vi.advanceTimersByTime(1);
    await ready();
    expect(checks()).toBe(2);
  });

  test('and says that it is not in one line of the log for each look', async () => {
    gateway.longhaul.away = true;
    await Promise.all(Array.from({ length: 50 }, ready));
    expect(gateway.logged.filter((line) => line.includes('Not ready'))).toHaveLength(1);
  });
});
