import { openIssuer } from '../setup/issuer.ts';
import { openNamespace, serverVersion } from '../setup/namespace.ts';
import { startGateway } from '../setup/payment-apps.ts';
import { startKitWorker, startPolling, startStub, type WorkerPlace } from '../setup/processes.ts';
import { startServer } from '../setup/server.ts';
import { runLoad } from '../load/load.ts';
import { interleave, warmUp, type Contestant } from '../load/rounds.ts';
import { topUpOnce } from '../load/top-ups.ts';
import { say, summarizeAll, summaryTable, type Summary } from '../report.ts';
import type { Bench } from './bench.ts';

const callersAtATime = [1, 50];
const atMost = 100_000;
/** With 50 callers a top-up waits for others, and a round must be much longer than that. */
const roundMsFor = (callers: number, seconds: number): number => seconds * 1_000 * (callers > 1 ? 2 : 1);
const user = 'u-ada';

export const topUp: Bench = {
  name: 'top-up',
  about: "from Paystack's webhook at the gateway to the credit of the wallet, 1 and 50 at a time",
  async run(options, started) {
    const stub = await startStub(started);
    const server = await startServer('memory', {}, started);
    const client = await openNamespace(server.address, 'top-up', started);
    const version = await serverVersion(client);
    const place: WorkerPlace = { address: server.address, client, stubUrl: stub.url };
    const issuer = await openIssuer(started);
    const [worker, gateway] = await Promise.all([
      startPolling(startKitWorker, 'payment', place, started),
      startGateway(place, issuer, started),
    ]);
    const setup = { gatewayUrl: gateway.url, user, token: issuer.tokenFor(user), client, stub };
    const topUps: Contestant = {
      name: 'top-up',
      async run(shape) {
        const latenciesMs: number[] = [];
        const load = await runLoad(shape, async () => void latenciesMs.push(await topUpOnce(setup)));
        return { ...load, latenciesMs };
      },
      costs: [
        ...server.costs,
        { label: 'payment worker', pid: worker.pid },
        { label: 'gateway', pid: gateway.pid },
        { label: 'stub', pid: stub.pid },
        { label: 'driver', pid: process.pid },
      ],
    };
    say(
      `One dev server in memory [${version}], eager execution on. The latency is that of the credit, not of the whole top-up.`,
    );
    await warmUp([topUps], options.warmUpSeconds * 1_000);

    const figures: Record<string, Summary> = {};
    for (const callers of callersAtATime) {
      const shape = { callers, durationMs: roundMsFor(callers, options.seconds), atMost };
      const summaries = summarizeAll(await interleave([topUps], shape, options.rounds, say));
      figures[`${callers} at a time`] = summaries[topUps.name]!;
    }
    say(`\n${summaryTable(figures, 'top-ups')}`);
    return { server: { kind: server.kind, version }, figures };
  },
};
