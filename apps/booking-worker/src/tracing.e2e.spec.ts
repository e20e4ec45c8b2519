import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { BookRide, type BookRideInput } from '@longhaul/contracts';
import { startSandbox, type Sandbox } from '@longhaul/sandbox';
import {
  apps,
  quotedRide,
  startApp,
  untilReady,
  type App,
  type AppProcess,
  type RideRequest,
} from '@longhaul/testing/processes';
import { freePort, startTestServer, type TestServer } from '@longhaul/testing/servers';
import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, expect, it } from 'vitest';

interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
}
interface Export {
  readonly resourceSpans: readonly { readonly scopeSpans: readonly { readonly spans: readonly Span[] }[] }[];
}

const spans: Span[] = [];
/** The trace header of each service call, by idempotency key. */
const carried = new Map<string, string>();

let sandbox: Sandbox;
let temporal: TestServer;
let collector: Server;
let services: Server;

beforeAll(async () => {
  [sandbox, temporal] = await Promise.all([startSandbox(), startTestServer()]);
  collector = await listening(collect);
  // A proxy in front of the sandbox, which does not record headers.
  services = await listening(passOn);
});
afterAll(async () => {
  services.close();
  collector.close();
  await temporal.stop();
  await sandbox.close();
});

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

const collect: Handler = async (request, response) => {
  const { resourceSpans } = (await json(request)) as Export;
  spans.push(...resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans)));
  response.end('{}');
};

const passOn: Handler = async (request, response) => {
  const { traceparent, 'idempotency-key': key, 'content-type': type = 'application/json' } = request.headers;
  carried.set(String(key), String(traceparent));
  const answer = await fetch(`${sandbox.url}${request.url ?? ''}`, {
    method: request.method ?? 'GET',
    headers: { 'idempotency-key': String(key), 'content-type': type },
    body: JSON.stringify(await json(request)),
  });
  const mediaType = answer.headers.get('content-type') ?? type;
  response.writeHead(answer.status, { 'content-type': mediaType }).end(await answer.text());
};

async function listening(handler: Handler): Promise<Server> {
  const server = createServer((request, response) => {
    handler(request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

const urlOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

/** Resolves when it is ready. */
async function startTraced(app: App, endpoint: string): Promise<AppProcess> {
  const addresses = { temporal: temporal.address, sandbox: urlOf(services), gateway: '' };
  const environment = { ...app.environment(addresses, 0), OTEL_EXPORTER_OTLP_ENDPOINT: endpoint };
  const worker = await startApp(app, { environment });
  await untilReady(worker.name, `${await worker.url()}/readyz`);
  return worker;
}

it('a booking has one trace, through the workflow, its steps and both workers to the services', async () => {
  const workers = await Promise.all([apps.booking, apps.fleet].map((app) => startTraced(app, urlOf(collector))));
  const ride = await aRide();
  const workflowId = BookRide.id.of(ride);
  try {
    expect(await book(ride)).toMatchObject({ status: 'confirmed', notice: 'sent' });
  } finally {
    // The remaining traces are sent when a worker drains.
    for (const worker of workers) expect(await worker.terminate()).toMatchObject({ exitCode: 0 });
  }

  const names = spans.map(({ name }) => name);
  const steps = ['holdSeat', 'chargeFare', 'confirmBooking', 'addToManifest', 'notifyPassenger'];
  expect(names).toEqual(
    expect.arrayContaining([`RunWorkflow:${BookRide.type}`, ...steps.map((step) => `RunActivity:${step}`)]),
  );
  expect(new Set(spans.map(({ traceId }) => traceId)).size).toBe(1);

  for (const step of steps) {
    const span = spans.find(({ name }) => name === `RunActivity:${step}`)!;
    expect(spans.map(({ spanId }) => spanId)).toContain(span.parentSpanId);
    expect(carried.get(`${workflowId}/${step}`)).toBe(`00-${span.traceId}-${span.spanId}-01`);
  }
});

it('if the collector is down, only traces are lost', async () => {
  const worker = await startTraced(apps.booking, `http://127.0.0.1:${await freePort()}`);
  try {
    expect(await book(await aRide({ bus: 'b-full' }))).toMatchObject({ status: 'sold-out' });
  } finally {
    expect(await worker.terminate()).toMatchObject({ exitCode: 0, withinGrace: true });
  }
  await worker.logged('Traces could not be sent');
});

const hourMs = 3_600_000;

async function book(ride: BookRideInput): Promise<unknown> {
  const connection = await Connection.connect({ address: temporal.address });
  try {
    const start = { taskQueue: BookRide.queue, workflowId: BookRide.id.of(ride), args: [ride] };
    return await new Client({ connection }).workflow.execute(BookRide.type, start);
  } finally {
    await connection.close();
  }
}

function aRide(overrides: Partial<RideRequest> = {}): Promise<BookRideInput> {
  const ride = {
    requestId: randomUUID(),
    user: 'u-ada',
    bus: 'b-12',
    segment: { from: 'Kigali', to: 'Huye' },
    departureAt: new Date(Date.now() + 48 * hourMs).toISOString(),
    ...overrides,
  };
  return quotedRide(sandbox.urls.booking, ride, 'RWF');
}
