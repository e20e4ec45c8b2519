import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { faultControl, serveControl } from './control.ts';
import { openDatabase, type DatabasePlace } from './database/database.ts';
import type { SandboxEvidence } from './evidence.ts';
import type { FaultPlanInput } from './faults/fault-plan.ts';
import { gatherEvidence } from './gather-evidence.ts';
import { serve, type CallNotice, type House } from './http/pipeline.ts';
import { createServer } from './http/server.ts';
import { openIssuer } from './issuer.ts';
import { bookingRoutes } from './services/booking.ts';
import { fleetRoutes } from './services/fleet.ts';
import { openMailCatcher } from './services/mail-catcher.ts';
import { notificationRoutes } from './services/notification.ts';
import { openOutbox } from './services/outbox.ts';
import { paymentRoutes } from './services/payment.ts';
import { sweepHolds } from './services/sweep.ts';

export interface SandboxOptions {
  /** Default: embedded, in memory. */
  readonly database?: DatabasePlace;
  /** Default: a free one. */
  readonly port?: number;
  /** The address to listen on. Default: this machine only. */
  readonly host?: string;
  /** How others reach it, which is what tokens name as their issuer. Default: the address it listens on. */
  readonly publicUrl?: string;
  /** Milliseconds since 1970. All moments and all expiry follow it, but for the tokens. Default: this machine's clock. */
  readonly clock?: () => number | Promise<number>;
  /** Awaited before a call is looked at, and again between its commit and its answer. Default: nothing. */
  readonly onCall?: (call: CallNotice) => void | Promise<void>;
  /** Told of errors that are the sandbox's own. Default: written to stderr. */
  readonly onError?: (error: unknown) => void;
  /** Seats of every bus. Default: 40. */
  readonly seatsPerBus?: number;
  /** How often lapsed holds are swept up without being asked to, in seconds. Default: never. */
  readonly sweepEverySeconds?: number;
}

export interface Sandbox {
  readonly url: string;
  /** The base URL of each service, as its client wants it. */
  readonly urls: Readonly<Record<'booking' | 'payment' | 'fleet' | 'notification' | 'issuer', string>>;
  evidence(): Promise<SandboxEvidence>;
  readonly faults: { set(plan: FaultPlanInput): void; clear(): void };
  /** A bearer token for a user. `scope`: names with spaces between. */
  token(sub: string, scope?: string): Promise<string>;
  /** Frees the seats of holds whose time is over; says how many. */
  sweep(): Promise<number>;
  close(): Promise<void>;
}

/** Starts all downstream services of Longhaul in this process. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { clock = Date.now, seatsPerBus = 40, onError = toStderr } = options;
  const now = async () => new Date(await clock()).toISOString();
  const faults = faultControl();
  const closing = new AbortController();
  const database = await openDatabase(options.database ?? {});
  const catcher = await openMailCatcher(database);
  const outbox = openOutbox(database, catcher.port, onError);
  const app = createServer(database, onError);
  const house: House = {
    database,
    now,
    faultPlan: faults.plan,
    onCall: options.onCall ?? (() => undefined),
    closing: closing.signal,
    inHand: new Set(),
  };
  const sweep = async () => sweepHolds(database, await now());
  const evidence = async () => {
    await outbox.drained();
    return gatherEvidence(database, await now());
  };
  const sweeping =
    options.sweepEverySeconds && setInterval(() => void sweep().catch(onError), options.sweepEverySeconds * 1_000);

  async function close() {
    clearInterval(sweeping);
    closing.abort();
    await app.close();
    await Promise.allSettled(house.inHand);
    await outbox.close();
    await catcher.close();
    await database.close();
  }
  let closed: Promise<void> | undefined;

  try {
    serve(app, bookingRoutes({ seatsPerBus }), house);
    serve(app, paymentRoutes(), house);
    serve(app, fleetRoutes({ seatsPerBus }), house);
    serve(app, notificationRoutes({ wakeOutbox: () => outbox.wake() }), house);
    serveControl(app, { database, faults, evidence, sweep });
    const url = () => options.publicUrl ?? `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
    const { token } = await openIssuer(app, database, () => `${url()}/issuer`);
    await app.listen({ port: options.port ?? 0, host: options.host ?? '127.0.0.1' });
    outbox.wake();
    return { url: url(), urls: serviceUrls(url()), evidence, faults, token, sweep, close: () => (closed ??= close()) };
  } catch (error) {
    await close();
    throw error;
  }
}

function toStderr(error: unknown): void {
  process.stderr.write(`${inspect(error)}\n`);
}

const serviceUrls = (url: string): Sandbox['urls'] => ({
  booking: `${url}/booking`,
  payment: `${url}/payment`,
  fleet: `${url}/fleet`,
  notification: `${url}/notification`,
  issuer: `${url}/issuer`,
});
