import { setTimeout as pause } from 'node:timers/promises';
import { KillableHouse } from '@longhaul/testing';
import { hearPaystack } from '../hear-paystack.fixture.ts';
import { drawLives } from './draw.fixture.ts';
import { compare } from './ends.fixture.ts';
import { faults, lateMs } from './faults.fixture.ts';
import { live, type Lived } from './live.fixture.ts';
import { untilAllHaveEnded } from './operator.fixture.ts';

/** More of them at once only wait for each other. */
const atATime = 25;
const apartMs = 50;
const livesPerCrash = 80;
/** Longer than anybody waits for a busy machine: which answers are lost is for the fault plan to say. */
const serviceTimeoutMs = 8_000;
const worker = 'payment-worker';
const dayAndABitMs = 25 * 3_600_000;

interface Played {
  /** What is not as it should be: of each life, and what the checker found. */
  readonly flaws: readonly string[];
  /** How many lives ended how. */
  readonly ends: Readonly<Record<string, number>>;
  readonly crashes: number;
}

/**
 * Lives them in a house of their own, in real time: the server whose time skips loses a run that cancels what is ending just
 * then, an activity or a timer, and here all may cross all. With `aDayBehind` the services' clocks are: whatever comes
 * late there has come after a day.
 */
export async function playLives(count: number, { aDayBehind = false } = {}): Promise<Played> {
  const servicesBehindMs = aDayBehind ? dayAndABitMs : 0;
  const house = await KillableHouse.open([worker], { servicesBehindMs, serviceTimeoutMs });
  try {
    hearPaystack(house);
    house.sandbox.faults.set(faults());
    const { lived, crashes, afterwards } = await crowd(house, count);
    await pause(lateMs);
    await house.sandbox.webhooks.drained();
    const unneeded = await untilAllHaveEnded(house, lived, Promise.all(afterwards));
    const found = await house.judge().then(
      () => [],
      (error: unknown) => [String(error)],
    );
    const { flaws, ends } = await compare(house, lived, aDayBehind);
    return { flaws: [...flaws, ...unneeded, ...found], ends, crashes };
  } finally {
    await house.close();
  }
}

/** So many at a time, the first of them a little apart, and now and then the worker is killed in the middle of all. */
async function crowd(house: KillableHouse, count: number) {
  const lived: Lived[] = [];
  const afterwards: Promise<void>[] = [];
  const waiting = drawLives(count).values();
  let crashes = 0;
  let crashed = Promise.resolve();
  const one = async (place: number): Promise<void> => {
    await pause(place * apartMs);
    for (const life of waiting) {
      lived.push(await live(house, life, afterwards));
      if (lived.length % livesPerCrash !== 0) continue;
      crashes += 1;
      crashed = crashed.then(() => house.kill(worker));
    }
  };
  await Promise.all(Array.from({ length: atATime }, (_, place) => one(place)));
  await crashed;
  return { lived, crashes, afterwards };
}
