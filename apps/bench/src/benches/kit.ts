import { plainScript, throughTemporal } from '../setup/contestants.ts';
import { openNamespace, serverVersion } from '../setup/namespace.ts';
import { startBareWorker, startKitWorker, startPair, startStub, type WorkerExtras } from '../setup/processes.ts';
import { startServer } from '../setup/server.ts';
import type { Manner } from '../load/rides.ts';
import { interleave, warmUp, type Contestant, type Round, type Rounds } from '../load/rounds.ts';
import { pairedRatios, type Spread } from '../measure/statistics.ts';
import { spreadText, table } from '../measure/table.ts';
import { say, summarizeAll, summaryTable } from '../report.ts';
import type { Bench } from './bench.ts';

const callersAtATime = [1, 50, 200];
const atMost = 100_000;
/** With 200 callers a booking waits for others, and a round must be much longer than that. */
const roundMsFor = (callers: number, seconds: number): number => seconds * 1_000 * (callers > 50 ? 2 : 1);
/** Fewer rounds, because no ratio uses them. */
const scriptRounds = 3;

/** The bare SDK runs twice: the difference of the two is the error of the other ratios. */
const names = { bare: 'bare SDK', kit: 'kit', bareAgain: 'bare SDK again', traced: 'kit, traced' } as const;

export const kit: Bench = {
  name: 'kit',
  about: 'bookRide with the whole kit, tracing off and on ÷ a bare SDK worker doing the same five HTTP steps',
  async run(options, started) {
    const stub = await startStub(started);
    const server = await startServer('memory', {}, started);
    let version = '';
    const enter = async (name: string, start: typeof startBareWorker, manner: Manner, extras: WorkerExtras = {}) => {
      const client = await openNamespace(server.address, name.replaceAll(/\W+/g, '-'), started);
      version = await serverVersion(client);
      const workers = await startPair(start, { address: server.address, client, stubUrl: stub.url }, started, extras);
      return throughTemporal(name, manner, { client, server, workers });
    };
    const asOurs: Manner = { kind: 'kit', fastPath: true };
    const exporting = { environment: { OTEL_EXPORTER_OTLP_ENDPOINT: stub.url } };
    const contestants: Contestant[] = [
      await enter(names.bare, startBareWorker, { kind: 'bare' }),
      await enter(names.kit, startKitWorker, asOurs),
      await enter(names.bareAgain, startBareWorker, { kind: 'bare' }),
      await enter(names.traced, startKitWorker, asOurs, exporting),
    ];
    const script = [plainScript(stub, started)];
    say(`One dev server in memory [${version}], eager execution on; each contestant in a namespace of its own.`);
    await warmUp([...contestants, ...script], options.warmUpSeconds * 1_000);

    const byCallers = new Map<number, Rounds>();
    for (const callers of callersAtATime) {
      const shape = { callers, durationMs: roundMsFor(callers, options.seconds), atMost };
      const rounds = await interleave(contestants, shape, options.rounds, say);
      const beside = await interleave(script, shape, Math.min(scriptRounds, options.rounds), say);
      const all = new Map([...rounds, ...beside]);
      byCallers.set(callers, all);
      say(`\n${callers} at a time\n${summaryTable(summarizeAll(all))}\n`);
    }
    const { traceBytes } = await stub.counts();
    if (traceBytes === 0) throw new Error('No trace arrived: "tracing on" measured nothing');

    const ratios = callersAtATime.map((callers) => ({ callers, ...ratiosOf(byCallers.get(callers)!) }));
    say(
      `\n÷ the two of the bare SDK, round by round: median (least–most). Wanted: throughput at least 0.95, untraced.`,
    );
    say(told(ratios));
    return {
      server: { kind: server.kind, version },
      // The worst of the three loads.
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
  readonly allCpu: Spread;
  /** One bare SDK ÷ the other: the error of the other ratios. */
  readonly noise: Spread;
}

function ratiosOf(rounds: Rounds): Ratios {
  const figures = (name: string, of: (round: Round) => number) => rounds.get(name)!.map(of);
  const over = (name: string, of: (round: Round) => number) => {
    const again = figures(names.bareAgain, of);
    const bare = figures(names.bare, of).map((value, round) => (value + again[round]!) / 2);
    return pairedRatios(figures(name, of), bare);
  };
  const throughput = ({ perSecond }: Round) => perSecond;
  return {
    throughput: over(names.kit, throughput),
    tracedThroughput: over(names.traced, throughput),
    latency: over(names.kit, ({ p50Ms }) => p50Ms),
    workerCpu: over(names.kit, ({ cpuMsEach }) => cpuMsEach['booking worker'] ?? NaN),
    allCpu: over(names.kit, ({ cpuMsEach }) => Object.values(cpuMsEach).reduce((sum, ms) => sum + ms, 0)),
    noise: pairedRatios(figures(names.bareAgain, throughput), figures(names.bare, throughput)),
  };
}

function told(ratios: readonly (Ratios & { callers: number })[]): string {
  return table(
    [
      'at a time',
      'throughput',
      'throughput, traced',
      'p50 latency',
      'CPU of the booking worker',
      'CPU of all',
      'one bare ÷ the other',
    ],
    ratios.map(({ callers, throughput, tracedThroughput, latency, workerCpu, allCpu, noise }) => [
      String(callers),
      ...[throughput, tracedThroughput, latency, workerCpu, allCpu, noise].map(spreadText),
    ]),
  );
}
