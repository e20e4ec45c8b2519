import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { readinessOf, type PollerOf } from './readiness.ts';

let server: { away: boolean; pollers: string[]; asked: number };
let state: string;
let ready: () => Promise<string | undefined>;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
  server = { away: false, pollers: ['me', 'other'], asked: 0 };
  state = 'RUNNING';
  ready = readinessOf({
    connection: {
      withDeadline: (_until: number, ask: () => unknown) => ask(),
      workflowService: {
        describeTaskQueue: () => {
          server.asked += 1;
          const pollers = server.pollers.map((identity) => ({ identity }));
          return server.away ? Promise.reject(new Error('no connection')) : Promise.resolve({ pollers });
        },
      },
    },
    worker: { getState: () => state },
    namespace: 'default',
    queue: 'booking',
    identity: 'me',
    runsWorkflows: true,
  } as unknown as PollerOf);
});
afterEach(() => {
  vi.useRealTimers();
});

const later = () => vi.advanceTimersByTime(1_001);

it('a worker is ready while the server lists it, and not when the server is gone', async () => {
  expect(await ready()).toBeUndefined();
  server.away = true;
  later();
  expect(await ready()).toBe('Temporal does not answer (no connection)');
  server.away = false;
  later();
  expect(await ready()).toBeUndefined();
});

it('a worker that only others are listed beside is not ready', async () => {
  server.pollers = ['other'];
  expect(await ready()).toBe('Temporal does not list this process as a poller of the queue [booking]');
});

it('a worker that drains is not ready', async () => {
  state = 'DRAINING';
  expect(await ready()).toBe('the worker is draining');
});

it('the server is asked once a second, however many ask', async () => {
  for (let asked = 0; asked < 10; asked += 1) await ready();
  expect(server.asked).toBe(1);
});
