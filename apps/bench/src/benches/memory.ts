import { setTimeout as pause } from 'node:timers/promises';
import { program } from '../setup/build.ts';
import { openNamespace, serverVersion } from '../setup/namespace.ts';
import { polling, startBareWorker, startKitWorker, startStub } from '../setup/processes.ts';
import { startServer } from '../setup/server.ts';
import { startRide, type Manner } from '../load/rides.ts';
import { rssKb } from '../measure/proc.ts';
import { pairedRatios, spreadOf } from '../measure/statistics.ts';
import { figure, spreadText, table } from '../measure/table.ts';
import { settledRssKb } from '../memory/settle.ts';
import { say } from '../report.ts';
import type { Started } from '../started.ts';
import type { Bench } from './bench.ts';

const waitingWithinMs = 120_000;
const startedAtATime = 20;

export const memory: Bench = {
  name: 'memory',
  about: 'an idle worker, and KB for each cached workflow ÷ that of a bare SDK workflow without zod',
  async run({ rounds, bookings }, started) {
    const cacheSize = String(bookings * 2);
    const ours = await open(
      'kit',
      { kind: 'kit', fastPath: true },
      { TEMPORAL_MAX_CACHED_WORKFLOWS: cacheSize },
      started,
    );
    const plain = await open('bare SDK', { kind: 'bare' }, { BARE_CACHED: cacheSize }, started);
    say(
      `Server: dev server in memory [${ours.version}]. No worker serves the fleet queue, so each booking waits there, cached.`,
    );

    const perStep = Math.max(1, Math.floor(bookings / (rounds + 1)));
    for (const side of [ours, plain]) await side.fill(perStep);
    for (let step = 1; step <= rounds; step += 1) {
      for (const side of [ours, plain]) {
        const kb = await side.fill(perStep);
        say(`step ${step} of ${rounds}, ${side.name}: ${figure(kb)} KB each for ${perStep} more`);
      }
    }
    for (const side of [ours, plain]) side.kbEach.shift();
    const ratio = pairedRatios(ours.kbEach, plain.kbEach);
    const rows = [plain, ours].map(({ name, idleKb, idleFreshKb, kbEach, rssMb }) => [
      name,
      figure(idleFreshKb / 1_024),
      figure(idleKb / 1_024),
      spreadText(spreadOf(kbEach)),
      figure(rssMb()),
    ]);
    const heads = [
      '',
      'idle MB, as started',
      'idle MB, collected',
      'KB a cached workflow',
      `MB with ${perStep * (rounds + 1)}`,
    ];
    say(`\n${table(heads, rows)}`);
    say(`kit ÷ bare SDK, step by step: ${spreadText(ratio)}. Wanted: at most 1.05.`);
    const total = sum(ours.kbEach) / sum(plain.kbEach);
    say(`kit ÷ bare SDK over all steps: ${figure(total)}`);
    return {
      server: { kind: 'memory', version: ours.version },
      cachedWorkflowRatio: total,
      wantedCachedWorkflowRatio: 1.05,
      ratio,
      cachedBookings: perStep * (rounds + 1),
      idleMb: { kit: ours.idleKb / 1_024, bare: plain.idleKb / 1_024 },
      idleAsStartedMb: { kit: ours.idleFreshKb / 1_024, bare: plain.idleFreshKb / 1_024 },
      kbEach: { kit: spreadOf(ours.kbEach), bare: spreadOf(plain.kbEach) },
    };
  },
};

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);

/** A server, a stub and a booking worker of one side. Each side has its own server, because thousands of open runs slow it. */
async function open(name: string, manner: Manner, environment: Record<string, string>, started: Started) {
  const stub = await startStub(started);
  const server = await startServer('memory', {}, started);
  const client = await openNamespace(server.address, 'memory', started);
  const start = manner.kind === 'kit' ? startKitWorker : startBareWorker;
  const worker = await start(
    'booking',
    { address: server.address, client, stubUrl: stub.url },
    {
      environment,
      nodeArgs: ['--expose-gc', '--import', program('collect-garbage')],
    },
  );
  // Its runs stay open, so it cannot drain.
  started.onStop(() => worker.kill());
  await polling('booking', worker, client);
  await pause(2_000);
  const idleFreshKb = await rssKb(worker.pid);
  const idleKb = await settledRssKb(worker.pid);
  const kbEach: number[] = [];
  let heldKb = idleKb;
  let waiting = 0;

  const untilWaiting = async (count: number): Promise<void> => {
    const giveUpAt = Date.now() + waitingWithinMs;
    const confirmed = async () => (await stub.counts()).calls['POST /booking/bookings'] ?? 0;
    while ((await confirmed()) < count) {
      if (Date.now() > giveUpAt) throw new Error(`Only ${await confirmed()} of ${count} bookings wait [${name}]`);
      await pause(200);
    }
  };

  return {
    name,
    idleKb,
    idleFreshKb,
    kbEach,
    version: await serverVersion(client),
    rssMb: () => heldKb / 1_024,
    /** Starts more bookings, waits until all of them wait, and returns the memory of each. */
    async fill(count: number): Promise<number> {
      for (let begun = 0; begun < count; begun += startedAtATime) {
        const now = Math.min(startedAtATime, count - begun);
        await Promise.all(Array.from({ length: now }, () => startRide(client, manner)));
        await untilWaiting(waiting + begun + now);
      }
      waiting += count;
      const before = heldKb;
      heldKb = await settledRssKb(worker.pid);
      kbEach.push((heldKb - before) / count);
      return kbEach.at(-1)!;
    },
  };
}
