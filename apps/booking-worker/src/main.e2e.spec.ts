import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { BookRide } from '@longhaul/contracts';
import { startSandbox, type Sandbox } from '@longhaul/sandbox';
import {
  apps,
  bundleOf,
  quotedRide,
  repository,
  startApp,
  untilReady,
  type AppProcess,
} from '@longhaul/testing/processes';
import { freePort, lateTestServer, startTestServer, type TestServer } from '@longhaul/testing/servers';
import { Client, Connection } from '@temporalio/client';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';

let sandbox: Sandbox;
let server: TestServer;
let client: Client;
const workers: AppProcess[] = [];

beforeAll(async () => {
  [sandbox, server] = await Promise.all([startSandbox(), startTestServer()]);
  client = new Client({ connection: await Connection.connect({ address: server.address }) });
});
afterEach(async () => {
  for (const worker of workers.splice(0)) await worker.kill();
});
afterAll(async () => {
  await client.connection.close();
  await server.stop();
  await sandbox.close();
});

async function start(changes: Record<string, string | undefined> = {}, main = bundleOf(apps.booking)) {
  const addresses = { temporal: server.address, sandbox: sandbox.url, gateway: '' };
  const worker = await startApp(apps.booking, {
    environment: { ...apps.booking.environment(addresses, 0), ...changes },
    main,
  });
  workers.push(worker);
  return worker;
}

const lastWords = ({ log }: AppProcess) => log.at(-1)?.msg;

async function get(worker: AppProcess, path: string): Promise<{ status: number; text: string }> {
  const answer = await fetch(`${await worker.url()}${path}`);
  return { status: answer.status, text: await answer.text() };
}

const hourMs = 3_600_000;

/** The bus is full, so no other worker is needed. */
async function bookAFullBus(through: Client): Promise<unknown> {
  const request = {
    requestId: crypto.randomUUID(),
    user: 'u-ada',
    bus: 'b-full',
    segment: { from: 'Kigali', to: 'Huye' },
    departureAt: new Date(Date.now() + 48 * hourMs).toISOString(),
  };
  const ride = await quotedRide(sandbox.urls.booking, request, 'RWF');
  const workflowId = BookRide.id.of(ride);
  return through.workflow.execute(BookRide.type, { taskQueue: BookRide.queue, workflowId, args: [ride] });
}

describe('a worker whose Temporal server is not up yet', () => {
  it('waits alive and not ready, then works, and is not ready again while the server is down', async () => {
    const late = await lateTestServer();
    const worker = await start({ TEMPORAL_ADDRESS: late.address });
    await worker.logged('Temporal is not there yet');
    expect(await get(worker, '/livez')).toMatchObject({ status: 200 });
    expect(await get(worker, '/readyz')).toEqual({ status: 503, text: 'not connected to Temporal yet\n' });

    await late.restart();
    const connection = await Connection.connect({ address: late.address });
    try {
      await untilReady('the worker', `${await worker.url()}/readyz`);
      expect(await bookAFullBus(new Client({ connection }))).toMatchObject({ status: 'sold-out' });
      await late.stop();
      await vi.waitFor(async () => expect((await get(worker, '/readyz')).status).toBe(503), 20_000);
      expect(await get(worker, '/livez')).toMatchObject({ status: 200 });
      expect(await worker.terminate()).toMatchObject({ exitCode: 0, withinGrace: true });
    } finally {
      await connection.close();
      await late.stop();
    }
  });

  it('exits with 0 if it is stopped before the server is up', async () => {
    const worker = await start({ TEMPORAL_ADDRESS: `127.0.0.1:${await freePort()}` });
    await worker.logged('Temporal is not there yet');
    expect(await worker.terminate()).toMatchObject({ exitCode: 0, withinGrace: true });
    await worker.logged('Drained');
  });
});

describe('a worker with a wrong configuration', () => {
  it('reports all mistakes in its environment at once, and exits with 78', async () => {
    const worker = await start({
      BOOKING_SERVICE_URL: undefined,
      PAYMENT_SERVICE_URL: 'payments',
      HEALTH_PORT: '65536',
      SERVICE_TIMEOUT_MS: '5s',
      TEMPORAL_LOG_LEVEL: 'loud',
      TEMPORAL_MAX_CONCURRENT_ACTIVITIES: '0',
    });
    expect(await worker.ended).toEqual({ code: 78, signal: null });
    for (const mistake of [
      'BOOKING_SERVICE_URL is not set (where the booking service is)',
      'PAYMENT_SERVICE_URL must be an http or https URL [payments]',
      /HEALTH_PORT .* \[65536\]/,
      'SERVICE_TIMEOUT_MS must be a whole number [5s]',
      /TEMPORAL_LOG_LEVEL .* \[loud\]/,
      /TEMPORAL_MAX_CONCURRENT_ACTIVITIES .* \[0\]/,
    ]) {
      expect(lastWords(worker)).toMatch(mistake);
    }
  });

  it('reports a missing namespace and its variable', async () => {
    const worker = await start({ TEMPORAL_NAMESPACE: 'nowhere' });
    expect(await worker.ended).toEqual({ code: 1, signal: null });
    expect(lastWords(worker)).toBe('The namespace does not exist: set TEMPORAL_NAMESPACE or create it [nowhere]');
  });

  it('reports missing search attributes and how to create them', async () => {
    const namespace = 'without-attributes';
    await client.workflowService.registerNamespace({
      namespace,
      workflowExecutionRetentionPeriod: { seconds: 86_400 as never },
    });
    const known = () => client.connection.operatorService.listSearchAttributes({ namespace });
    await expect
      .poll(
        () =>
          known().then(
            () => true,
            () => false,
          ),
        { timeout: 60_000 },
      )
      .toBe(true);

    const worker = await start({ TEMPORAL_NAMESPACE: namespace });
    expect(await worker.ended).toEqual({ code: 1, signal: null });
    expect(lastWords(worker)).toContain(
      'temporal operator search-attribute create --name LonghaulAttentionOwner --type Keyword',
    );
  });

  it('reports a taken health port and its variable', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    try {
      const { port } = other.address() as AddressInfo;
      const worker = await start({ HEALTH_PORT: String(port) });
      expect(await worker.ended).toEqual({ code: 1, signal: null });
      expect(lastWords(worker)).toBe(`The port is taken: set HEALTH_PORT to a free one [${port}]`);
    } finally {
      other.close();
    }
  });

  it('reports a missing workflow bundle and how to build it', async () => {
    // Inside the repository, so that packages that are not bundled are found.
    await mkdir(join(repository, '.local'), { recursive: true });
    const copy = await mkdtemp(join(repository, '.local/incomplete-'));
    try {
      const folder = dirname(bundleOf(apps.booking));
      await cp(folder, copy, { recursive: true, filter: (source) => !source.endsWith('workflows.js') });
      const worker = await start({}, join(copy, 'main.js'));
      expect(await worker.ended).toEqual({ code: 1, signal: null });
      expect(lastWords(worker)).toBe(
        `The workflow bundle is missing: build it with "npm run build" [${join(copy, 'workflows.js')}]`,
      );
    } finally {
      await rm(copy, { recursive: true, force: true });
    }
  });
});

describe('the health port of a running worker', () => {
  it('shows that it is alive and ready, and has metrics with the names that Temporal documents', async () => {
    const worker = await start();
    await untilReady('the worker', `${await worker.url()}/readyz`);
    await bookAFullBus(client);
    expect(await worker.logged('Ended: sold-out')).toMatchObject({
      workflowId: expect.stringMatching(/^booking-/),
      correlationId: expect.any(String),
    });
    expect(await get(worker, '/livez')).toEqual({ status: 200, text: 'ok\n' });
    expect(await get(worker, '/readyz')).toEqual({ status: 200, text: 'ok\n' });
    expect(await get(worker, '/')).toMatchObject({ status: 404 });

    const { status, text } = await get(worker, '/metrics');
    expect(status).toBe(200);
    for (const series of [
      'temporal_request_total',
      'temporal_workflow_completed_total',
      'temporal_num_pollers',
      'temporal_worker_task_slots_available',
      'temporal_workflow_task_execution_latency_seconds_bucket',
      'temporal_workflow_endtoend_latency_seconds_sum',
      'longhaul_downstream_call_latency_seconds_count',
    ]) {
      expect(text).toMatch(new RegExp(`^${series}\\{.*\\} [\\d.e+-]+$`, 'm'));
    }
    expect(text).toMatch(/longhaul_downstream_call_latency_seconds_count\{.*route="POST \/holds".*\}/);
    expect(text).not.toContain('service_name=');
  });
});
