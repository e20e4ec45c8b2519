import { setTimeout as pause } from 'node:timers/promises';
import { KillableHouse } from '@longhaul/testing';
import { hearPaystack } from '../hear-paystack.fixture.ts';
import { randomCases } from './generate.fixture.ts';
import { compareEnds } from './expect.fixture.ts';
import { faults, lateMs } from './faults.fixture.ts';
import { runCase, type CaseRun } from './run.fixture.ts';
import { untilAllHaveEnded } from './operator.fixture.ts';

/** More would only wait for each other. */
const atATime = 25;
const apartMs = 50;
const casesPerCrash = 80;
/** Longer than a busy machine takes, so that only the fault plan decides which answers are lost. */
const serviceTimeoutMs = 8_000;
const worker = 'payment-worker';
const dayAndABitMs = 25 * 3_600_000;

interface RunAll {
  /** Wrong ends of cases, and violations that the checker found. */
  readonly flaws: readonly string[];
  /** The number of cases for each end. */
  readonly ends: Readonly<Record<string, number>>;
  readonly crashes: number;
}

/**
 * Runs the cases in their own house, in real time, because a server that skips time loses runs whose cancel comes together with
 * the end of an activity or timer, as it does in these cases. With `aDayBehind` the services' clocks are more than a day behind,
 * so that whatever is late is more than a day late for them.
 */
export async function runAll(count: number, { aDayBehind = false } = {}): Promise<RunAll> {
  const servicesBehindMs = aDayBehind ? dayAndABitMs : 0;
  const house = await KillableHouse.open([worker], { servicesBehindMs, serviceTimeoutMs });
  try {
    hearPaystack(house);
    house.sandbox.faults.set(faults());
    const { caseRuns, crashes, afterwards } = await runSideBySide(house, count);
    await pause(lateMs);
    await house.sandbox.webhooks.drained();
    const unneeded = await untilAllHaveEnded(house, caseRuns, Promise.all(afterwards));
    const found = await house.judge().then(
      () => [],
      (error: unknown) => [String(error)],
    );
    const { flaws, ends } = await compareEnds(house, caseRuns, aDayBehind);
    return { flaws: [...flaws, ...unneeded, ...found], ends, crashes };
  } finally {
    await house.close();
  }
}

/** Runs cases concurrently, started one after another. Sometimes the worker is killed while they run. */
async function runSideBySide(house: KillableHouse, count: number) {
  const caseRuns: CaseRun[] = [];
  const afterwards: Promise<void>[] = [];
  const waiting = randomCases(count).values();
  let crashes = 0;
  let crashed = Promise.resolve();
  const one = async (place: number): Promise<void> => {
    await pause(place * apartMs);
    for (const generated of waiting) {
      caseRuns.push(await runCase(house, generated, afterwards));
      if (caseRuns.length % casesPerCrash !== 0) continue;
      crashes += 1;
      crashed = crashed.then(() => house.kill(worker));
    }
  };
  await Promise.all(Array.from({ length: atATime }, (_, place) => one(place)));
  await crashed;
  return { caseRuns, crashes, afterwards };
}
