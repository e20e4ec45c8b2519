import { afterAll, beforeAll, describe } from 'vitest';
import { startSandbox, type Sandbox, type SandboxOptions } from '../index.ts';
import { postgresFolder, startTemporaryPostgres } from './temporary-postgres.fixture.ts';

export interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
  readonly headers: Headers;
}

export interface Harness {
  readonly sandbox: Sandbox;
  /** Sends a POST with a new key, unless one is given. */
  post(
    path: string,
    body: unknown,
    how?: { key?: string; correlationId?: string; signal?: AbortSignal; headers?: Readonly<Record<string, string>> },
  ): Promise<Answer>;
  get(path: string): Promise<Answer>;
  /** Moves the clock of the sandbox, in seconds. Otherwise it stands still, however slow the machine is. */
  pass(seconds: number): void;
}

let made = 0;
/** A name that is used nowhere else in this spec file. */
export const fresh = (prefix: string) => `${prefix}-${++made}`;

export const departureAt = '2031-05-01T08:00:00.000Z';
export const fare = { amount: 1_500, currency: 'EUR' };

interface HoldOptions {
  readonly holdId?: string;
  readonly user?: string;
  readonly bus?: string;
  readonly ttlSeconds?: number;
}

/** Requests a hold with a new quote. */
export async function hold(at: Harness, wanted: HoldOptions = {}) {
  const { holdId = fresh('hold'), user = fresh('u'), bus = fresh('b'), ttlSeconds = 86_400 } = wanted;
  const ride = { user, trip: { bus, departureAt }, segment: { from: 'Accra', to: 'Kumasi' } };
  const { body } = await at.post('/booking/quotes', { ...ride, currency: fare.currency });
  return { holdId, ...ride, quoteId: String(body.quoteId), fare, ttlSeconds };
}

export async function startHarness(options: SandboxOptions = {}): Promise<Harness> {
  let nowMs = Date.now();
  const sandbox = await startSandbox({ clock: () => nowMs, ...options });

  async function send(path: string, request: RequestInit): Promise<Answer> {
    const response = await fetch(sandbox.url + path, request);
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text ? (JSON.parse(text) as Answer['body']) : {},
    };
  }
  return {
    sandbox,
    get: (path) => send(path, {}),
    post: (path, body, { key = fresh('key'), correlationId, signal, headers } = {}) =>
      send(path, {
        method: 'POST',
        redirect: 'manual',
        headers: {
          'content-type': 'application/json',
          'idempotency-key': key,
          ...(correlationId !== undefined && { 'x-correlation-id': correlationId }),
          ...headers,
        },
        body: JSON.stringify(body),
        ...(signal && { signal }),
      }),
    pass: (seconds) => void (nowMs += seconds * 1_000),
  };
}

/** Runs the specs on one shared sandbox. */
export function describeWithSandbox(title: string, specs: (at: () => Harness) => void, options?: SandboxOptions): void {
  describe(title, () => {
    let harness: Harness;
    beforeAll(async () => {
      harness = await startHarness(options);
    });
    afterAll(() => harness.sandbox.close());
    specs(() => harness);
  });
}

/** Runs the specs on the embedded database, and on a PostgreSQL server where its programs are installed. */
export function describeOnEachDatabase(
  title: string,
  specs: (at: () => Harness) => void,
  options: SandboxOptions = {},
): void {
  describeWithSandbox(`${title}, on the embedded database`, specs, options);
  const programs = postgresFolder();
  if (programs === undefined) {
    process.stderr.write(
      `${title}: not run on a PostgreSQL server, because none is installed here (no initdb found)\n`,
    );
    return;
  }
  describe(`${title}, on a PostgreSQL server`, () => {
    let server: Awaited<ReturnType<typeof startTemporaryPostgres>>;
    let harness: Harness;
    beforeAll(async () => {
      server = await startTemporaryPostgres(programs);
      harness = await startHarness({ ...options, database: { url: server.url } });
    });
    afterAll(async () => {
      await harness?.sandbox.close();
      await server?.stop();
    });
    specs(() => harness);
  });
}

/** The journal entries that have this id in any field. */
export async function effectsOn({ sandbox }: Harness, id: string): Promise<string[]> {
  const { journal } = await sandbox.evidence();
  return journal.filter((entry) => Object.values(entry).includes(id)).map(({ effect }) => effect);
}
