import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { afterEach, describe, expect, it } from 'vitest';
import { searchAttributes, startTestServer } from './index.ts';

const cleanUps: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

async function connect(address: string): Promise<Connection> {
  const connection = await Connection.connect({ address });
  cleanUps.push(() => connection.close());
  return connection;
}

async function startRun(address: string): Promise<string> {
  const client = new Client({ connection: await connect(address) });
  const handle = await client.workflow.start('kept', { taskQueue: 'nobody', workflowId: 'kept-run' });
  return handle.firstExecutionRunId;
}

describe("the specs' server", () => {
  it('serves on a free port, with our search attributes, until it is stopped', async () => {
    const server = await startTestServer();
    cleanUps.push(() => server.stop());
    const connection = await connect(server.address);
    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace: 'default' });
    expect(Object.keys(customAttributes ?? {})).toEqual(expect.arrayContaining(Object.keys(searchAttributes)));
    await server.stop();
    await expect(Connection.connect({ address: server.address, connectTimeout: '1s' })).rejects.toThrow();
  });

  it('that was killed can be restarted on the same port with the runs of its database file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'longhaul-test-server-'));
    const server = await startTestServer({ dbFilename: join(folder, 'temporal.db') });
    cleanUps.push(() => server.stop());
    const runId = await startRun(server.address);
    const { pid } = server;
    await server.kill();
    await server.restart();
    expect(server.pid).not.toBe(pid);
    const client = new Client({ connection: await connect(server.address) });
    expect((await client.workflow.getHandle('kept-run').describe()).runId).toBe(runId);
  });

  it('that cannot start is reported with its output', async () => {
    await expect(startTestServer({ dbFilename: '/nowhere/at/all/temporal.db' })).rejects.toThrow(
      /ended with exit code 1:\n.*unable to open database/s,
    );
  });
});
