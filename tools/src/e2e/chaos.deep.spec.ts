import { randomInt } from 'node:crypto';
import type { FaultPlanInput } from '@longhaul/sandbox';
import { report } from '@longhaul/checker';
import {
  apps,
  houseApi,
  judgeHouse,
  openRealHouse,
  type AppProcess,
  type RealHouse,
} from '@longhaul/testing/processes';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { bookingCases } from './random-runs/generate.ts';
import { runCase } from './random-runs/run.ts';
import { sideBySide } from './random-runs/side-by-side.ts';

const seed = Number(process.env.LONGHAUL_SEED ?? randomInt(2 ** 31));
const again = `to see it again: LONGHAUL_SEED=${seed}`;
const database = process.env.LONGHAUL_DEEP_SERVER === 'postgresql' ? 'postgresql' : 'sqlite';
const atATime = 30;
const patienceMs = 60_000;

let house: RealHouse;
beforeAll(async () => {
  house = await openRealHouse({ name: `chaos-${database}`, database });
});
afterAll(() => house.close());

describe('a house whose processes are killed', () => {
  it('gives 150 bookings their expected outcomes, and every invariant holds', { timeout: 300_000 }, async () => {
    console.log(`The chaos run; ${again}`);
    const workers = { booking: await house.startWorker(apps.booking), fleet: await house.startWorker(apps.fleet) };
    await house.setFaults(faultsOf(seed));
    const api = houseApi(house.addresses, { patienceMs });

    const plan = disturbancesOf(seed);
    let disturbed = Promise.resolve();
    const failures = await sideBySide(
      bookingCases(seed, Date.now()),
      atATime,
      (one) => runCase(one, api),
      (ended) => {
        const victims = plan.filter(({ after }) => after === ended);
        for (const { victim } of victims) disturbed = disturbed.then(() => disturb(victim, workers));
      },
    );
    await disturbed;
    await house.stopWorkers();

    expect(failures, again).toEqual([]);
    expect(house.exits.filter(({ signal }) => signal === 'SIGKILL')).toHaveLength(plan.length);
    const { violations } = await judgeHouse(house.addresses, api, { workers: house.exits });
    expect(violations, `${report(violations)}\n${again}`).toEqual([]);
  });
});

type Victim = 'booking' | 'fleet' | 'temporal';

/** Which process is killed after how many bookings have ended, always while others are running. */
function disturbancesOf(of: number): readonly { readonly after: number; readonly victim: Victim }[] {
  const victims: readonly Victim[] = ['booking', 'fleet', 'booking', 'temporal', 'fleet', 'booking'];
  const moments = fc.array(fc.nat(14), { minLength: victims.length, maxLength: victims.length });
  const later = fc.sample(moments, { seed: of, numRuns: 1 })[0]!;
  return victims.map((victim, index) => ({ after: 5 + index * 20 + later[index]!, victim }));
}

async function disturb(victim: Victim, workers: Record<'booking' | 'fleet', AppProcess>): Promise<void> {
  if (victim === 'temporal') {
    await house.killTemporal();
    return house.temporal.restart();
  }
  await house.kill(workers[victim]);
  workers[victim] = await house.startWorker(apps[victim]);
}

/** About one in five calls of each service has a fault. */
function faultsOf(of: number): FaultPlanInput {
  return {
    seed: of,
    rules: [
      { kind: 'lost-answer', rate: 0.06 },
      { kind: 'error-after-commit', rate: 0.05 },
      { kind: 'error-before-commit', rate: 0.05 },
      { kind: 'too-many-requests', rate: 0.04, retryAfterSeconds: 1 },
      { kind: 'delay', rate: 0.04, delayMs: 2_000 },
    ],
  };
}
