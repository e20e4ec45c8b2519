import { contracts } from '@longhaul/contracts';
import { apps, queuesOf, type App, type Domain } from '@longhaul/testing/processes';
import { startChild, type Child } from '@longhaul/testing/servers';
import type { Client } from '@temporalio/client';
import type { Started } from '../started.ts';
import type { PaymentProgress } from '../stub/payments.ts';
import { appMain, bareBundle, program } from './build.ts';
import { untilPolling, type Poller } from './namespace.ts';
import { endOf, untilSaid } from './said.ts';

export interface Stub {
  readonly url: string;
  readonly pid: number;
  counts(): Promise<{ calls: Readonly<Record<string, number>>; traceBytes: number }>;
  payments(): Promise<PaymentProgress>;
  /** Waits, with a limit, until the wallet is credited with this charge, and returns the time on the clock of `nowUs`. */
  creditedAtUs(reference: string): Promise<number>;
}

const creditedWithinMs = 120_000;

export async function startStub(started: Started): Promise<Stub> {
  const { child, said } = await untilSaid(/^Listening on (\d+)$/, (onLine) =>
    startChild({
      name: 'the stub of the downstream services',
      command: process.execPath,
      args: [program('stub')],
      onLine,
    }),
  );
  started.onStop(() => child.stop());
  const url = `http://127.0.0.1:${said[1]}`;
  const ask = async <Answer>(path: string, waitMs = 10_000): Promise<Answer> => {
    const answer = await fetch(`${url}${path}`, { signal: AbortSignal.timeout(waitMs) });
    return (await answer.json()) as Answer;
  };
  return {
    url,
    pid: child.pid,
    counts: () => ask('/counts'),
    payments: () => ask('/progress'),
    creditedAtUs: async (reference) => (await ask<{ atUs: number }>(`/credits/${reference}`, creditedWithinMs)).atUs,
  };
}

export interface WorkerPlace {
  readonly address: string;
  readonly client: Client;
  readonly stubUrl: string;
}

export interface WorkerExtras {
  readonly environment?: Readonly<Record<string, string>>;
  /** Arguments for Node itself. */
  readonly nodeArgs?: readonly string[];
  /** Another program instead of the deployed one. */
  readonly main?: string;
  readonly onLine?: (line: string) => void;
}

const queueOf = (domain: Domain): string => queuesOf(domain)[0]!;

/** The secret key of the stub's Paystack. */
export const paystackSecretKey = 'sk_test_bench';

/** The environment of a laptop, with the stub in place of the sandbox. */
export const environmentOf = (app: App, { address, stubUrl }: WorkerPlace): Readonly<Record<string, string>> => ({
  ...app.environment({ temporal: address, sandbox: stubUrl, gateway: 'not here' }, 0),
  PAYSTACK_SECRET_KEY: paystackSecretKey,
});

/** Starts one of our workers from its bundle, with the settings of production. */
export function startKitWorker(domain: Domain, place: WorkerPlace, extras: WorkerExtras = {}): Promise<Child> {
  const app = apps[domain];
  return startNode(`the ${app.name}`, extras.main ?? appMain(app.name), place, extras, environmentOf(app, place));
}

export function startBareWorker(domain: Domain, place: WorkerPlace, extras: WorkerExtras = {}): Promise<Child> {
  return startNode(`the bare ${domain} worker`, program('bare-worker'), place, extras, {
    STUB_URL: place.stubUrl,
    BARE_QUEUE: queueOf(domain),
    BARE_BUNDLE: bareBundle,
  });
}

/** Starts a worker. Resolves when the server lists it as a poller. */
export async function startPolling(
  start: typeof startKitWorker,
  domain: Domain,
  place: WorkerPlace,
  started: Started,
  { extras = {}, ...how }: PollingHow & { readonly extras?: WorkerExtras } = {},
): Promise<Child> {
  const child = await start(domain, place, extras);
  started.onStop(() => child.stop(30_000));
  await polling(domain, child, place.client, how);
  return child;
}

/** Both workers of a booking. */
export async function startPair(
  start: typeof startKitWorker,
  place: WorkerPlace,
  started: Started,
  extras: WorkerExtras = {},
): Promise<{ booking: Child; fleet: Child }> {
  const one = (domain: Domain) => startPolling(start, domain, place, started, { extras });
  const [booking, fleet] = await Promise.all([one('booking'), one('fleet')]);
  return { booking, fleet };
}

type PollingHow = Pick<Poller, 'amongOthers'> & { readonly lookAgainMs?: number };

export async function polling(
  domain: Domain,
  child: Child,
  client: Client,
  { lookAgainMs, ...how }: PollingHow = {},
): Promise<void> {
  const queue = queueOf(domain);
  const runsWorkflows = contracts.some((contract) => contract.queue === queue);
  const poller = { queue, pid: child.pid, runsWorkflows, ...how };
  await Promise.race([untilPolling(client, poller, lookAgainMs), endOf(child)]);
}

/** Starts a process without the shell's own Temporal settings. */
export function startNode(
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
      ...environment,
      TEMPORAL_ADDRESS: address,
      TEMPORAL_NAMESPACE: client.options.namespace,
      ...extras.environment,
    },
    ...(extras.onLine && { onLine: extras.onLine }),
  });
}
