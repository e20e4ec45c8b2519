import { randomUUID } from 'node:crypto';
import type { WorkflowHandle } from '@temporalio/client';
import { Worker } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleOf } from '../bundle-of.ts';
import { silenceRuntime } from '../house.ts';
import { Clocks } from './clocks.ts';
import { openEnvironment, type SpecEnvironment } from './environment.ts';
import type { RunTime } from './start-clock.ts';
import type { waits } from './waits.workflow.fixture.ts';

const taskQueue = 'clocks';
const minuteMs = 60_000;

let environment: SpecEnvironment;
let clocks: Clocks;
let stop: () => Promise<void>;
beforeAll(async () => {
  silenceRuntime();
  environment = await openEnvironment();
  clocks = new Clocks(environment);
  const timeForServices = (call: { key: string; correlationId: string }) => Promise.resolve(clocks.timeOfCall(call));
  const worker = await Worker.create({
    connection: environment.nativeConnection,
    namespace: environment.namespace,
    taskQueue,
    workflowBundle: { code: await bundleOf(new URL('./waits.workflow.fixture.ts', import.meta.url)) },
    activities: { timeForServices },
    interceptors: { activity: [clocks.runTimes.interceptor] },
  });
  const ended = worker.run();
  stop = async () => {
    worker.shutdown();
    await ended;
    await environment.close();
  };
});
afterAll(() => stop());

const start = (time: RunTime): Promise<WorkflowHandle<typeof waits>> => {
  const workflowId = randomUUID();
  return clocks.startIn(time, workflowId, () =>
    environment.client.workflow.start<typeof waits>('waits', { taskQueue, workflowId }),
  );
};

describe('the clock of a run', () => {
  it('with `skips` reaches its deadline at once', async () => {
    const { told, waitedMs } = await (await start('skips')).result();
    expect(told).toBe(false);
    expect(waitedMs).toBeGreaterThanOrEqual(10 * minuteMs);
  });

  it('with `stands` moves by exactly the given time, so that a signal in the last second is in time', async () => {
    const run = await start('stands');
    await clocks.pass(run, 9.5 * minuteMs);
    await run.signal('go');
    const { told, waitedMs } = await run.result();
    expect(told).toBe(true);
    expect(waitedMs).toBeGreaterThanOrEqual(9.5 * minuteMs);
    expect(waitedMs).toBeLessThan(10 * minuteMs);
  });

  it('can be switched from `stands` to `skips`', async () => {
    const run = await start('stands');
    await clocks.skip(run);
    expect(await run.result()).toMatchObject({ told: false });
  });

  it('is also the clock of its services, even in a local attempt', async () => {
    const { waitedMs, servicesMs } = await (await start('skips')).result();
    expect(servicesMs).toBe(waitedMs);
  });
});
