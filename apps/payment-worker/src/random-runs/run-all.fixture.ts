import { setTimeout as pause } from 'node:timers/promises';
import { KillableHouse } from '@longhaul/testing';
import { hearPaystack } from '../hear-paystack.fixture.ts';
import { randomCases } from './generate.fixture.ts';
import { compareEnds } from './expect.fixture.ts';
import { faults, lateMs } from './faults.fixture.ts';
import { runCase, type CaseRun } from './run.fixture.ts';
import { untilAllHaveEnded } from './operator.fixture.ts';

/** With more at once they only wait for each other. */
const atATime = 25;
const apartMs = 50;
const casesPerCrash = 80;
/** Longer than a busy machine takes: only the fault plan decides which answers are lost. */
const serviceTimeoutMs = 8_000;
const worker = 'payment-worker';
const dayAndABitMs = 25 * 3_600_000;

interface RunAll {
  /** What is wrong: of each case, and what the checker found. */
  readonly flaws: readonly string[];
  /** How many cases ended how. */
  readonly ends: Readonly<Record<string, number>>;
  readonly crashes: number;
}

/**
 * Runs them in a house of their own, in real time: a server that skips time loses runs whose cancel meets an activity or a timer
 * that is just ending, and that is just what these cases do. With `aDayBehind` the services' clocks are a day and a bit behind, so
 * that whatever comes late has come more than a day late for them.
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

/** So many at a time, started a little apart. Now and then the worker is killed while all of them run. */
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
