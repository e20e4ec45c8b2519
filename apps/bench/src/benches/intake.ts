import { startAwsEmulator } from '@longhaul/testing/servers';
import { openNamespace, serverVersion } from '../setup/namespace.ts';
import { startKitWorker, startPolling, startStub, type WorkerPlace } from '../setup/processes.ts';
import { startServer } from '../setup/server.ts';
import { payAll, type PaymentSetup, type PaymentRound } from '../load/payments.ts';
import { turns } from '../load/rounds.ts';
import { pairedRatios, spreadOf } from '../measure/statistics.ts';
import { figure, spreadText, table } from '../measure/table.ts';
import { say } from '../report.ts';
import type { Bench } from './bench.ts';

const names = { one: '1 worker', two: '2 workers' } as const;

export const intake: Bench = {
  name: 'intake',
  about: 'payments a second from SQS to completed, with 2 payment workers ÷ with 1',
  async run({ rounds, payments }, started) {
    const stub = await startStub(started);
    const server = await startServer('memory', {}, started);
    const emulator = await startAwsEmulator();
    started.onStop(() => emulator.stop());
    let version = '';

    const enter = async (name: string, workers: number): Promise<PaymentSetup> => {
      const client = await openNamespace(server.address, name.replaceAll(' ', '-'), started);
      version = await serverVersion(client);
      const place: WorkerPlace = { address: server.address, client, stubUrl: stub.url };
      const start = () => startPolling(startKitWorker, 'payment', place, started, { amongOthers: workers > 1 });
      const children = await Promise.all(Array.from({ length: workers }, start));
      const costs = [
        ...server.costs,
        ...children.map(({ pid }, index) => ({ label: `worker ${index + 1}`, pid })),
        { label: 'stub', pid: stub.pid },
        { label: 'emulator', pid: emulator.pid },
        { label: 'driver', pid: process.pid },
      ];
      return { name, place, costs };
    };
    const contestants = [await enter(names.one, 1), await enter(names.two, 2)];
    say(
      `One dev server in memory [${version}], eager execution on; ${payments} payments in each round, the intake new in each.`,
    );
    // New workers run at half speed.
    for (const contestant of contestants) await payAll(contestant, { emulator, stub }, payments, started);

    const measured = new Map<string, PaymentRound[]>(contestants.map(({ name }) => [name, []]));
    for (const { number, contestant } of turns(contestants, rounds)) {
      const round = await payAll(contestant, { emulator, stub }, payments, started);
      measured.get(contestant.name)!.push(round);
      const taken = `all taken from SQS after ${figure(round.takenSeconds)} s`;
      say(`round ${number} of ${rounds}, ${contestant.name}: ${figure(round.perSecond)}/s, ${taken}`);
    }

    const perSecond = (name: string) => measured.get(name)!.map((round) => round.perSecond);
    const ratio = pairedRatios(perSecond(names.two), perSecond(names.one));
    const figures = Object.fromEntries([...measured].map(([name, its]) => [name, summarize(its)]));
    say(`\n${told(figures)}`);
    say(`2 workers ÷ 1, round by round: ${spreadText(ratio)}`);
    return {
      server: { kind: server.kind, version },
      paymentsEachRound: payments,
      throughputRatio: ratio.median,
      ratio,
      figures,
    };
  },
};

type Summary = ReturnType<typeof summarize>;

function summarize(rounds: readonly PaymentRound[]) {
  const bearers = Object.keys(rounds[0]?.cpuMsEach ?? {});
  const cpuOf = (label: string) => spreadOf(rounds.map(({ cpuMsEach }) => cpuMsEach[label]!)).median;
  return {
    perSecond: spreadOf(rounds.map((round) => round.perSecond)),
    takenSeconds: spreadOf(rounds.map((round) => round.takenSeconds)),
    cpuMsEach: Object.fromEntries(bearers.map((label) => [label, cpuOf(label)])),
  };
}

function told(figures: Readonly<Record<string, Summary>>): string {
  const bearers = [...new Set(Object.values(figures).flatMap(({ cpuMsEach }) => Object.keys(cpuMsEach)))];
  return table(
    ['', 'payments/s', 'all taken after s', ...bearers.map((label) => `${label} CPU ms`)],
    Object.entries(figures).map(([name, { perSecond, takenSeconds, cpuMsEach }]) => [
      name,
      spreadText(perSecond),
      spreadText(takenSeconds),
      ...bearers.map((label) => (cpuMsEach[label] === undefined ? '' : figure(cpuMsEach[label]))),
    ]),
  );
}
