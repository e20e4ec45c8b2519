import { copyFile, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Child } from '@longhaul/testing/servers';
import { appMain, built, program, repository } from '../setup/build.ts';
import { openNamespace, serverVersion } from '../setup/namespace.ts';
import { polling, startKitWorker, startStub, type WorkerExtras, type WorkerPlace } from '../setup/processes.ts';
import { startServer } from '../setup/server.ts';
import { pairedRatios, spreadOf } from '../measure/statistics.ts';
import { figure, spreadText, table } from '../measure/table.ts';
import { say } from '../report.ts';
import type { Started } from '../started.ts';
import type { Bench } from './bench.ts';

/** How often the server is polled, which costs it a few milliseconds. Results are at most this much too late. */
const lookEveryMs = 20;
const repeatsPerRound = 3;

export const boot: Bench = {
  name: 'boot',
  about: 'process start to first poll, with the prebuilt bundle and with bundling at boot',
  async run({ rounds }, started) {
    const stub = await startStub(started);
    const server = await startServer('memory', {}, started);
    const client = await openNamespace(server.address, 'boot', started);
    const place: WorkerPlace = { address: server.address, client, stubUrl: stub.url };
    const bundling = await withoutBundle(started);
    const version = await serverVersion(client);
    say(
      `Server: dev server in memory [${version}]. The first poll is the one that the server lists, not what the worker says.`,
    );

    const prebuiltMs: number[] = [];
    const bundlingMs: number[] = [];
    const saidMs: number[] = [];
    const repeats = rounds * repeatsPerRound;
    for (let repeat = 0; repeat < repeats; repeat += 1) {
      const ours = await timeToPoll(place, {}, started);
      prebuiltMs.push(ours.polledMs);
      saidMs.push(ours.saidMs);
      bundlingMs.push((await timeToPoll(place, bundling, started)).polledMs);
      say(`start ${repeat + 1} of ${repeats}: ${figure(ours.polledMs)} ms, bundling ${figure(bundlingMs.at(-1)!)} ms`);
    }
    const figures = {
      prebuiltMs: spreadOf(prebuiltMs),
      saidPollingMs: spreadOf(saidMs),
      bundlingAtBootMs: spreadOf(bundlingMs),
      bundlingRatio: pairedRatios(bundlingMs, prebuiltMs),
    };
    const rows = [
      ['prebuilt bundle, first poll seen by the server', spreadText(figures.prebuiltMs)],
      ['prebuilt bundle, "Polling" in its log', spreadText(figures.saidPollingMs)],
      ['bundling at boot, first poll seen by the server', spreadText(figures.bundlingAtBootMs)],
    ];
    say(`\n${table([`${repeats} starts each`, 'ms: median (least–most)'], rows)}`);
    return {
      server: { kind: server.kind, version },
      bootMs: figures.prebuiltMs.median,
      wantedBootMs: 1_000,
      ...figures,
    };
  },
};

async function timeToPoll(place: WorkerPlace, extras: WorkerExtras, started: Started) {
  const startedAt = performance.now();
  let saidMs = NaN;
  const onLine = (line: string): void => {
    if (line.includes('"Polling"')) saidMs = performance.now() - startedAt;
  };
  const child: Child = await startKitWorker('booking', place, { ...extras, onLine });
  started.onStop(() => child.stop());
  await polling('booking', child, place.client, { lookAgainMs: lookEveryMs });
  const polledMs = performance.now() - startedAt;
  await child.stop();
  return { polledMs, saidMs };
}

async function withoutBundle(started: Started): Promise<WorkerExtras> {
  const folder = join(built, `boot-${process.pid}`);
  await mkdir(folder, { recursive: true });
  started.onStop(() => rm(folder, { recursive: true }));
  await copyFile(appMain('booking-worker'), join(folder, 'main.js'));
  return {
    main: program('bundle-then-work'),
    nodeArgs: ['--conditions=@longhaul/source'],
    environment: {
      BOOT_FOLDER: folder,
      BOOT_WORKFLOWS: join(repository, 'apps/booking-worker/src/workflows/index.ts'),
    },
  };
}
