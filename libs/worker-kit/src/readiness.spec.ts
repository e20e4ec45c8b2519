import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { readinessOf, type Pollers } from './readiness.ts';

let server: { away: boolean; pollers: Record<string, string[]>; asked: number };
let states: Record<string, string>;
let ready: () => Promise<string | undefined>;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
  server = { away: false, pollers: { booking: ['me', 'other'], slow: ['me'] }, asked: 0 };
  states = { booking: 'RUNNING', slow: 'RUNNING' };
  ready = readinessOf({
    connection: {
      withDeadline: (_until: number, ask: () => unknown) => ask(),
      workflowService: {
        describeTaskQueue: ({ taskQueue }: { taskQueue: { name: string } }) => {
          server.asked += 1;
          const pollers = server.pollers[taskQueue.name]!.map((identity) => ({ identity }));
          return server.away ? Promise.reject(new Error('no connection')) : Promise.resolve({ pollers });
        },
      },
    },
    namespace: 'default',
    identity: 'me',
    workers: [
      { queue: 'booking', runsWorkflows: true, worker: { getState: () => states.booking } },
      { queue: 'slow', runsWorkflows: false, worker: { getState: () => states.slow } },
    ],
  } as unknown as Pollers);
});
afterEach(() => {
  vi.useRealTimers();
});

const later = () => vi.advanceTimersByTime(1_001);

it('a worker is ready while the server lists it, and not while the server is down', async () => {
  expect(await ready()).toBeUndefined();
  server.away = true;
  later();
  expect(await ready()).toBe('Temporal does not answer (no connection)');
  server.away = false;
  later();
  expect(await ready()).toBeUndefined();
});

it('a worker is not ready if only other pollers are listed', async () => {
  server.pollers.booking = ['other'];
  expect(await ready()).toBe('Temporal does not list this process as a poller of the queue [booking]');
});

it('a worker is not ready until all its queues list it', async () => {
  server.pollers.slow = [];
  expect(await ready()).toBe('Temporal does not list this process as a poller of the queue [slow]');
});

it.each(['booking', 'slow'])('a worker that begins to drain its queue %s is not ready at once', async (queue) => {
  expect(await ready()).toBeUndefined();
  states[queue] = 'DRAINING';
  expect(await ready()).toBe('the worker is draining');
});

it('the server is called at most once a second for each queue, however many probes there are', async () => {
  for (let asked = 0; asked < 10; asked += 1) await ready();
  expect(server.asked).toBe(2);
});
