import { startChild, type Child } from '@longhaul/testing/servers';
import type { Client } from '@temporalio/client';
import type { Started } from '../started.ts';
import { appMain, bareBundle, program } from './build.ts';
import { untilPolling } from './namespace.ts';

export interface Stub {
  readonly url: string;
  readonly pid: number;
  counts(): Promise<{ calls: Readonly<Record<string, number>>; traceBytes: number }>;
}

export async function startStub(started: Started): Promise<Stub> {
  let heard: (port: string) => void = () => undefined;
  const port = new Promise<string>((resolve) => (heard = resolve));
  const child = await startChild({
    name: 'the stub of the downstream services',
    command: process.execPath,
    args: [program('stub')],
    onLine: (line) => heard(line.replace(/^Listening on /, '')),
  });
  started.onStop(() => child.stop());
  const url = `http://127.0.0.1:${await Promise.race([port, endOf(child)])}`;
  return {
    url,
    pid: child.pid,
    counts: async () => (await (await fetch(`${url}/counts`)).json()) as Awaited<ReturnType<Stub['counts']>>,
  };
}

export interface WorkerPlace {
  readonly address: string;
  readonly client: Client;
  readonly stubUrl: string;
}

export interface WorkerExtras {
  readonly environment?: Readonly<Record<string, string>>;
  /** For Node itself, before the program. */
  readonly nodeArgs?: readonly string[];
  /** Another program instead of the deployed one. */
  readonly main?: string;
  readonly onLine?: (line: string) => void;
}

type Queue = 'booking' | 'fleet';

/** A worker of ours, from its built bundle, with the settings that it is deployed with. */
export function startKitWorker(queue: Queue, place: WorkerPlace, extras: WorkerExtras = {}): Promise<Child> {
  const service = (name: string) => `${place.stubUrl}/${name}`;
  return startNode(`the ${queue} worker`, extras.main ?? appMain(`${queue}-worker`), place, extras, {
    HEALTH_PORT: '0',
    HEALTH_HOST: '127.0.0.1',
    BOOKING_SERVICE_URL: service('booking'),
    PAYMENT_SERVICE_URL: service('payment'),
    NOTIFICATION_SERVICE_URL: service('notification'),
    FLEET_SERVICE_URL: service('fleet'),
  });
}

export function startBareWorker(queue: Queue, place: WorkerPlace, extras: WorkerExtras = {}): Promise<Child> {
  return startNode(`the bare ${queue} worker`, program('bare-worker'), place, extras, {
    STUB_URL: place.stubUrl,
    BARE_QUEUE: queue,
    BARE_BUNDLE: bareBundle,
  });
}

/** Both workers of a booking, once the server has heard from them. */
export async function startPair(
  start: typeof startKitWorker,
  place: WorkerPlace,
  started: Started,
  extras: WorkerExtras = {},
): Promise<{ booking: Child; fleet: Child }> {
  const one = async (queue: Queue): Promise<Child> => {
    const child = await start(queue, place, extras);
    started.onStop(() => child.stop(30_000));
    await polling(queue, child, place.client);
    return child;
  };
  const [booking, fleet] = await Promise.all([one('booking'), one('fleet')]);
  return { booking, fleet };
}

export async function polling(queue: Queue, child: Child, client: Client, lookAgainMs?: number): Promise<void> {
  const poller = { queue, pid: child.pid, runsWorkflows: queue === 'booking' };
  await Promise.race([untilPolling(client, poller, lookAgainMs), endOf(child)]);
}

/** Fails when the process ends, with what it said last; nobody need wait for that. */
function endOf(child: Child): Promise<never> {
  const ended = child.ended.then(() => Promise.reject(new Error(`${child.name} ended: ${child.tail()}`)));
  ended.catch(() => undefined);
  return ended;
}

/** Nothing of the shell's own Temporal settings may reach the workers that are measured. */
function startNode(
  name: string,
  main: string,
  { address, client }: WorkerPlace,
  extras: WorkerExtras,
  environment: Readonly<Record<string, string>>,
): Promise<Child> {
  const { PATH, HOME, TZ } = process.env;
  return startChild({
    name,
    command: process.execPath,
    args: [...(extras.nodeArgs ?? []), main],
    env: {
      PATH,
      HOME,
      TZ,
      NODE_ENV: 'production',
      TEMPORAL_ADDRESS: address,
      TEMPORAL_NAMESPACE: client.options.namespace,
      ...environment,
      ...extras.environment,
    },
    ...(extras.onLine && { onLine: extras.onLine }),
  });
}
