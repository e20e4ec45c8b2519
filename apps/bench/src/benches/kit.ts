import { plainScript, throughTemporal } from '../house/contestants.ts';
import { openNamespace, serverVersion } from '../house/namespace.ts';
import { startBareWorker, startKitWorker, startPair, startStub, type WorkerPlace } from '../house/processes.ts';
import { startServer } from '../house/server.ts';
import { interleave, warmUp, type Contestant, type Round, type Rounds } from '../load/rounds.ts';
import { pairedRatios, type Spread } from '../measure/statistics.ts';
import { spreadText, table } from '../measure/table.ts';
import { say, summarizeAll, summaryTable } from '../report.ts';
import type { Bench } from './index.ts';

const callersAtATime = [1, 50, 200];
const atMost = 100_000;
/** At 200 callers a booking waits for the others; a round has to outlast that by far. */
const roundMsFor = (callers: number, seconds: number): number => seconds * 1_000 * (callers > 50 ? 2 : 1);

export const kit: Bench = {
  name: 'kit',
  about: 'bookRide with the whole kit, tracing off and on ÷ a bare SDK worker doing the same five HTTP steps',
  async run(options, started) {
    const stub = await startStub(started);
    const server = await startServer('memory', {}, started);
    const place = async (namespace: string): Promise<WorkerPlace> => ({
      address: server.address,
      client: await openNamespace(server.address, namespace, started),
      stubUrl: stub.url,
    });
    const [ours, traced, plain] = await Promise.all(['kit', 'kit-traced', 'bare'].map(place));
    const exporting = { environment: { OTEL_EXPORTER_OTLP_ENDPOINT: stub.url } };
    const contestants: Contestant[] = [
      throughTemporal(
        'bare SDK',
        { kind: 'bare' },
        { client: plain!.client, server, workers: await startPair(startBareWorker, plain!, started) },
      ),
      throughTemporal(
        'kit',
        { kind: 'kit', fastPath: true },
        { client: ours!.client, server, workers: await startPair(startKitWorker, ours!, started) },
      ),
      throughTemporal(
        'kit, traced',
        { kind: 'kit', fastPath: true },
        { client: traced!.client, server, workers: await startPair(startKitWorker, traced!, started, exporting) },
      ),
      plainScript(stub, started),
    ];
    const version = await serverVersion(ours!.client);
    say(`One dev server in memory [${version}], eager execution on; each contestant in a namespace of its own.`);
    await warmUp(contestants, options.warmUpSeconds * 1_000);

    const byCallers = new Map<number, Rounds>();
    for (const callers of callersAtATime) {
      const shape = { callers, durationMs: roundMsFor(callers, options.seconds), atMost };
      byCallers.set(callers, await interleave(contestants, shape, options.rounds, say));
    }
    const { traceBytes } = await stub.counts();
    if (traceBytes === 0) throw new Error('No trace arrived: "tracing on" measured nothing');

    for (const [callers, rounds] of byCallers) say(`\n${callers} at a time\n${summaryTable(summarizeAll(rounds))}`);
    const ratios = callersAtATime.map((callers) => ({ callers, ...ratiosOf(byCallers.get(callers)!) }));
    say(
      `\n÷ bare SDK, round by round: median (least–most). Wanted: throughput at least 0.95, untraced.\n${told(ratios)}`,
    );
    return {
      server: { kind: server.kind, version },
      // The worst of the three, so that no load hides another.
      throughputRatio: Math.min(...ratios.map(({ throughput }) => throughput.median)),
      wantedThroughputRatio: 0.95,
      ratios,
      traceBytes,
      figures: Object.fromEntries([...byCallers].map(([callers, rounds]) => [callers, summarizeAll(rounds)])),
    };
  },
};

interface Ratios {
  readonly throughput: Spread;
  readonly tracedThroughput: Spread;
  readonly latency: Spread;
  readonly workerCpu: Spread;
}

function ratiosOf(rounds: Rounds): Ratios {
  const over = (name: string, of: (round: Round) => number) =>
    pairedRatios(rounds.get(name)!.map(of), rounds.get('bare SDK')!.map(of));
  return {
    throughput: over('kit', ({ perSecond }) => perSecond),
    tracedThroughput: over('kit, traced', ({ perSecond }) => perSecond),
    latency: over('kit', ({ p50Ms }) => p50Ms),
    workerCpu: over('kit', ({ cpuMsEach }) => cpuMsEach['booking worker'] ?? NaN),
  };
}

function told(ratios: readonly (Ratios & { callers: number })[]): string {
  return table(
    ['at a time', 'throughput', 'throughput, traced', 'p50 latency', 'CPU of the booking worker'],
    ratios.map(({ callers, throughput, tracedThroughput, latency, workerCpu }) => [
      String(callers),
      ...[throughput, tracedThroughput, latency, workerCpu].map(spreadText),
    ]),
  );
}
