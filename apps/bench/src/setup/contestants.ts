import { fork } from 'node:child_process';
import type { Client } from '@temporalio/client';
import type { Load, LoadShape } from '../load/load.ts';
import { runLoad } from '../load/load.ts';
import { bookOnce, type Manner } from '../load/rides.ts';
import type { Contestant, CostBearer } from '../load/rounds.ts';
import type { Started } from '../started.ts';
import { program } from './build.ts';
import type { startPair, Stub } from './processes.ts';
import type { BenchServer } from './server.ts';

/** Bookings through Temporal, started from this process. */
export function throughTemporal(
  name: string,
  manner: Manner,
  { client, server, workers }: { client: Client; server: BenchServer; workers: Awaited<ReturnType<typeof startPair>> },
): Contestant {
  return {
    name,
    run: (shape) => runLoad(shape, () => bookOnce(client, manner)),
    costs: [
      ...server.costs,
      { label: 'booking worker', pid: workers.booking.pid },
      { label: 'fleet worker', pid: workers.fleet.pid },
      driver,
    ],
    bytesWritten: server.bytesWritten,
  };
}

const driver: CostBearer = { label: 'driver', pid: process.pid };

/** The five calls from a separate process, without Temporal. */
export function plainScript(stub: Stub, started: Started): Contestant {
  const child = fork(program('script'), { env: { PATH: process.env.PATH, STUB_URL: stub.url }, execArgv: [] });
  started.onStop(async () => {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.disconnect();
    await ended;
  });
  return {
    name: 'plain script',
    run: (shape) => askFor(shape),
    costs: [{ label: 'script', pid: child.pid ?? 0 }],
  };

  function askFor(shape: LoadShape): Promise<Load> {
    return new Promise((resolve, reject) => {
      child.once('message', (answer: { load?: Load; problem?: string }) =>
        answer.load ? resolve(answer.load) : reject(new Error(`The plain script failed: ${answer.problem ?? ''}`)),
      );
      child.send(shape);
    });
  }
}
