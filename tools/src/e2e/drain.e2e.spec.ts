import type { FaultPlanInput } from '@longhaul/sandbox';
import { report } from '@longhaul/checker';
import {
  apps,
  evidenceOf,
  houseApi,
  judgeHouse,
  openRealHouse,
  type AppProcess,
  type RealHouse,
} from '@longhaul/testing/processes';
import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bookingCases } from './random-runs/generate.ts';
import { runCase } from './random-runs/run.ts';
import { sideBySide } from './random-runs/side-by-side.ts';

const atATime = 20;
const stopAfter = 15;
const listing = 'POST /manifests/passengers';
const telling = 'POST /notices';
const waiting = { timeout: 20_000, interval: 50 };

let house: RealHouse;
beforeAll(async () => {
  house = await openRealHouse({ name: 'drain' });
});
afterAll(() => house.close());

it('no attempt is lost when workers are stopped under load and others take over', { timeout: 240_000 }, async () => {
  await house.setFaults({ seed: 'drain', rules: slowServices });
  const old = await Promise.all([house.startWorker(apps.booking), house.startWorker(apps.fleet)]);
  const api = houseApi(house.addresses);

  let stopping: Promise<unknown> | undefined;
  const cases = bookingCases(1, Date.now()).filter(({ kind }) => kind === 'good');
  const failures = await sideBySide(
    cases,
    atATime,
    (one) => runCase(one, api),
    (ended) => {
      if (ended === stopAfter) stopping = handOver(old);
    },
  );
  await stopping;
  await house.stopWorkers();

  expect(failures).toEqual([]);
  expect(house.exits.map(({ signal, exitCode, withinGrace }) => ({ signal, exitCode, withinGrace }))).toEqual(
    Array.from({ length: 4 }, () => ({ signal: 'SIGTERM', exitCode: 0, withinGrace: true })),
  );
  const { sandbox, violations } = await judgeHouse(house.addresses, api, { workers: house.exits });
  expect(violations, report(violations)).toEqual([]);
  const regular = sandbox.calls.filter(({ route }) => [listing, telling].includes(route));
  expect(regular.filter(({ attempt }) => attempt > 1)).toEqual([]);

  const started = new Set(api.answers.filter(({ call }) => call === 'start').map(({ workflowId }) => workflowId));
  expect(await lostAttempts([...started])).toEqual([]);
});

/**
 * Calls do not fail but are slow, most of all in steps that are regular activities, so that workers are stopped during them. On
 * a busy machine other steps may exceed the deadline of their local attempt and are then called a second time: such an attempt
 * does not count as lost.
 */
const slowServices: FaultPlanInput['rules'] = [
  { kind: 'delay', route: listing, delayMs: 3_000 },
  { kind: 'delay', route: telling, delayMs: 3_000 },
  { kind: 'delay', delayMs: 300 },
];

/** Stops the old workers during their calls, before new ones are started, so that the calls must be theirs. */
async function handOver(old: readonly AppProcess[]): Promise<void> {
  for (const route of [listing, telling]) await expect.poll(() => callsInHand(route), waiting).toBeGreaterThan(0);
  await Promise.all([
    ...old.map((worker) => house.terminate(worker)),
    ...[apps.booking, apps.fleet].map((app) => house.startWorker(app)),
  ]);
}

async function callsInHand(route: string): Promise<number> {
  const { calls } = await evidenceOf(house.addresses.sandbox);
  return calls.filter((call) => call.route === route && call.status === null).length;
}

/** Activities that timed out or had several attempts, according to the histories. */
async function lostAttempts(workflowIds: readonly string[]): Promise<string[]> {
  const connection = await Connection.connect({ address: house.addresses.temporal });
  try {
    const { workflow } = new Client({ connection });
    const found = await Promise.all(
      workflowIds.map(async (workflowId) => {
        const { events } = await workflow.getHandle(workflowId).fetchHistory();
        return (events ?? []).flatMap((event) => {
          const attempt = event.activityTaskStartedEventAttributes?.attempt ?? 1;
          const timedOut = event.activityTaskTimedOutEventAttributes ? ['an activity timed out'] : [];
          return [...timedOut, ...(attempt > 1 ? [`an activity took ${attempt} attempts`] : [])].map(
            (what) => `${workflowId}: ${what} [event ${String(event.eventId)}]`,
          );
        });
      }),
    );
    return found.flat();
  } finally {
    await connection.close();
  }
}
