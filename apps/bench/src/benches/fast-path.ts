import { throughTemporal } from '../setup/contestants.ts';
import { openNamespace, serverVersion } from '../setup/namespace.ts';
import { startKitWorker, startPair, startStub, type Stub } from '../setup/processes.ts';
import { serverKinds, startServer, type ServerKind } from '../setup/server.ts';
import { interleave, warmUp, type Contestant, type Rounds } from '../load/rounds.ts';
import { pairedRatios } from '../measure/statistics.ts';
import { spreadText } from '../measure/table.ts';
import type { BenchOptions } from '../options.ts';
import { say, summarizeAll, summaryTable } from '../report.ts';
import { Started } from '../started.ts';
import type { Bench } from './bench.ts';

const crowd = 50;
const atMost = 100_000;
const nameOf = (fast: boolean, eager: boolean) => `${fast ? 'fast path' : 'plain'}, eager ${eager ? 'on' : 'off'}`;

export const fastPath: Bench = {
  name: 'fast-path',
  about: 'bookRide with and without the fast path, eager execution on and off, on each kind of server',
  async run(options, started) {
    const kinds = serverKinds.filter((kind) => options.servers?.includes(kind) ?? true);
    if (kinds.length === 0) throw new Error(`--servers knows ${serverKinds.join(', ')} [${options.servers?.join()}]`);
    const stub = await startStub(started);
    const servers: Record<string, Awaited<ReturnType<typeof measureOn>>> = {};
    for (const kind of kinds) {
      const here = new Started();
      started.onStop(() => here.stopAll());
      servers[kind] = await measureOn(kind, stub, options, here);
      await here.stopAll();
    }
    // The server that is most like production, with the setting of our servers.
    const { throughput, latency } = servers[kinds.at(-1)!]!.ratios['fast path ÷ plain, eager on'];
    return {
      measuredOn: kinds.at(-1),
      throughputRatio: throughput.median,
      wantedThroughputRatio: 2.5,
      latencyRatio: latency.median,
      wantedLatencyRatio: 1 / 3,
      servers,
    };
  },
};

async function measureOn(kind: ServerKind, stub: Stub, options: BenchOptions, started: Started) {
  let version = '';
  const contestants: Contestant[] = [];
  // Eager execution is a server setting, so there are two servers, and the four contestants take turns.
  for (const eager of [true, false]) {
    const server = await startServer(kind, { eager }, started);
    const client = await openNamespace(server.address, 'bench', started);
    version = await serverVersion(client);
    const workers = await startPair(startKitWorker, { address: server.address, client, stubUrl: stub.url }, started);
    for (const fast of [true, false]) {
      const manner = { kind: 'kit', fastPath: fast } as const;
      contestants.push(throughTemporal(nameOf(fast, eager), manner, { client, server, workers }));
    }
  }
  say(`\nServer: ${kind} [${version}]`);
  await warmUp(contestants, options.warmUpSeconds * 1_000);
  const durationMs = options.seconds * 1_000;
  const alone = await interleave(contestants, { callers: 1, durationMs, atMost }, options.rounds, say);
  const crowded = await interleave(contestants, { callers: crowd, durationMs, atMost }, options.rounds, say);

  say(`\n${kind}, 1 at a time\n${summaryTable(summarizeAll(alone))}`);
  say(`\n${kind}, ${crowd} at a time\n${summaryTable(summarizeAll(crowded))}`);
  const over = (fast: boolean, eager: boolean, plainEager: boolean) =>
    ratiosOf(nameOf(fast, eager), nameOf(false, plainEager), alone, crowded);
  const ratios = {
    'fast path ÷ plain, eager on': over(true, true, true),
    'fast path ÷ plain, eager off': over(true, false, false),
    'eager on ÷ off, plain': over(false, true, false),
    'fast path and eager on ÷ neither': over(true, true, false),
  };
  for (const [setting, { throughput, latency }] of Object.entries(ratios)) {
    say(`${setting}: throughput ${spreadText(throughput)}, p50 latency ${spreadText(latency)}`);
  }
  return { version, ratios, alone: summarizeAll(alone), crowded: summarizeAll(crowded) };
}

/** Throughput is compared with many callers, latency with one. */
function ratiosOf(over: string, under: string, alone: Rounds, crowded: Rounds) {
  return {
    throughput: pairedRatios(
      crowded.get(over)!.map(({ perSecond }) => perSecond),
      crowded.get(under)!.map(({ perSecond }) => perSecond),
    ),
    latency: pairedRatios(
      alone.get(over)!.map(({ p50Ms }) => p50Ms),
      alone.get(under)!.map(({ p50Ms }) => p50Ms),
    ),
  };
}
