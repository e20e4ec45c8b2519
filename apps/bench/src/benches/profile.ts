import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bareBundle, kitBundle } from '../setup/build.ts';
import { openNamespace, serverVersion } from '../setup/namespace.ts';
import { startBareWorker, startKitWorker, startPair, startStub, type WorkerExtras } from '../setup/processes.ts';
import { startServer, type BenchServer } from '../setup/server.ts';
import { runLoad, type LoadShape } from '../load/load.ts';
import { bookOnce, type Manner } from '../load/rides.ts';
import { nowUs } from '../measure/clock.ts';
import { figure, table } from '../measure/table.ts';
import { groupTimes } from '../profile/group-times.ts';
import { sourcePlaces } from '../profile/source-places.ts';
import { readThreads, threadsBetween } from '../profile/threads.ts';
import { readProfiles } from '../profile/read-profile.ts';
import { say } from '../report.ts';
import { Started } from '../started.ts';
import type { Bench } from './bench.ts';

const callers = 20;
const atMost = 100_000;

export const profile: Bench = {
  name: 'profile',
  about: "where the booking worker's CPU goes in one booking, beside a bare SDK worker",
  async run({ seconds, warmUpSeconds, rounds }, started) {
    const stub = await startStub(started);
    const server = await startServer('memory', {}, started);
    const load: Load = {
      warmUp: { callers, durationMs: warmUpSeconds * 1_000, atMost },
      measured: { callers, durationMs: seconds * rounds * 1_000, atMost },
    };
    const kit = await profiled('kit', { kind: 'kit', fastPath: true }, server, stub.url, load, started);
    const bare = await profiled('bare', { kind: 'bare' }, server, stub.url, load, started);

    say(
      `Server: dev server in memory [${kit.version}]; ${callers} at a time; ${kit.bookings} and ${bare.bookings} bookings.`,
    );
    say('The profiler itself makes everything dearer: compare the parts, and see `kit` for what a booking costs.');
    const names = [...new Set([...Object.keys(bare.groups), ...Object.keys(kit.groups)])];
    const rows = names
      .map((name) => ({ name, ours: kit.groups[name] ?? 0, plain: bare.groups[name] ?? 0 }))
      .sort((a, b) => b.ours - a.ours)
      .map(({ name, ours, plain }) => [name, figure(ours), figure(plain), figure(ours - plain)]);
    say(
      `\nBy what it does, the threads' own time shared out by samples\n${table(['thread: group', 'kit ms', 'bare ms', 'difference'], rows)}`,
    );
    for (const [name, side] of Object.entries({ kit, bare })) {
      say(`\nBy thread as the kernel counts it, ${name} (${figure(side.processMs)} ms in all)`);
      say(
        table(
          ['thread', 'ms'],
          Object.entries(side.threads).map(([name, ms]) => [name, figure(ms)]),
        ),
      );
    }
    const costliest = kit.functions.slice(0, 25).map(({ name, ms }) => [name, figure(ms)]);
    say(`\nCostliest functions of the kit's worker, self time\n${table(['thread: function', 'ms'], costliest)}`);
    return { server: { kind: 'memory', version: kit.version }, kit, bare };
  },
};

interface Load {
  readonly warmUp: LoadShape;
  readonly measured: LoadShape;
}

/** One worker under load with V8's profiler; all times are milliseconds per booking. */
async function profiled(name: string, manner: Manner, server: BenchServer, stubUrl: string, load: Load, all: Started) {
  const started = new Started();
  all.onStop(() => started.stopAll());
  const folder = await mkdtemp(join(tmpdir(), 'longhaul-profile-'));
  all.onStop(() => rm(folder, { recursive: true, force: true }));
  const client = await openNamespace(server.address, `profile-${name}`, started);
  const profiler: WorkerExtras = { nodeArgs: ['--cpu-prof', '--cpu-prof-dir', folder] };
  const start: typeof startKitWorker = (queue, place) =>
    (manner.kind === 'kit' ? startKitWorker : startBareWorker)(queue, place, queue === 'booking' ? profiler : {});
  const workers = await startPair(start, { address: server.address, client, stubUrl }, started);

  const version = await serverVersion(client);
  await runLoad(load.warmUp, () => bookOnce(client, manner));
  const { pid } = workers.booking;
  const [before, fromUs] = [await readThreads(pid), nowUs()];
  const { completed } = await runLoad(load.measured, () => bookOnce(client, manner));
  const [toUs, after] = [nowUs(), await readThreads(pid)];
  // Each thread writes its profile when it ends.
  await started.stopAll();

  const threads = threadsBetween(pid, before, after, completed);
  const places = sourcePlaces(manner.kind === 'kit' ? kitBundle : bareBundle);
  const times = groupTimes(await readProfiles(folder), { fromUs, toUs }, threads, places);
  const processMs = (after.processMs - before.processMs) / completed;
  return { version, bookings: completed, processMs, threads, ...times };
}
