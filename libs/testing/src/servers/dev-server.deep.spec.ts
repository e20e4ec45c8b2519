import { createServer } from 'node:net';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { afterEach, describe, expect, it } from 'vitest';
import { findTemporalCli, searchAttributes, startDevServer, tellOnlyWaits } from './index.ts';

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

describe('a dev server', () => {
  it('serves on a free port, with our search attributes, until it is stopped', async () => {
    const server = await startDevServer({ uiPort: 0 });
    cleanUps.push(() => server.stop());
    const connection = await connect(server.address);
    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace: 'default' });
    expect(Object.keys(customAttributes ?? {})).toEqual(expect.arrayContaining(Object.keys(searchAttributes)));
    expect((await fetch(server.uiUrl ?? '')).status).toBe(200);
    await server.stop();
    await expect(Connection.connect({ address: server.address, connectTimeout: '1s' })).rejects.toThrow();
  });

  it('that was killed can be restarted on the same port with the runs of its database file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'longhaul-dev-server-'));
    const server = await startDevServer({ dbFilename: join(folder, 'temporal.db') });
    cleanUps.push(() => server.stop());
    const runId = await startRun(server.address);
    const pid = server.pid;
    await server.kill();
    await server.restart();
    expect(server.pid).not.toBe(pid);
    const client = new Client({ connection: await connect(server.address) });
    expect((await client.workflow.getHandle('kept-run').describe()).runId).toBe(runId);
  });

  it('reports a taken port with its number and the variable to change it', async () => {
    const taker = createServer();
    await new Promise<void>((resolve) => taker.listen(0, '127.0.0.1', resolve));
    cleanUps.push(() => new Promise((resolve) => taker.close(resolve)));
    const address = taker.address();
    if (typeof address !== 'object' || !address) throw new Error('no port');
    await expect(startDevServer({ port: address.port, portVariable: 'TEMPORAL_PORT' })).rejects.toThrow(
      `Port ${address.port} for Temporal is taken. Stop what listens there, or set TEMPORAL_PORT to another port`,
    );
  });

  it('that cannot start is reported with its output', async () => {
    const executable = await findTemporalCli(tellOnlyWaits());
    const dbFilename = '/nowhere/at/all/temporal.db';
    await expect(startDevServer({ executable, dbFilename })).rejects.toThrow(/ended with exit code 1:\n.*\/nowhere/s);
  });
});

describe('a dev server that panics as it starts', () => {
  async function panicsWhile(condition: string): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'longhaul-panics-'));
    const panic = 'echo "panic: no port is left for a part of mine"; seq 200 | sed s/^/goroutine/; exit 2';
    const real = await findTemporalCli(tellOnlyWaits());
    const script = `#!/bin/sh\ncd "${folder}"\nif ${condition}; then touch panicked; ${panic}; fi\nexec "${real}" "$@"\n`;
    const executable = join(folder, 'temporal');
    await writeFile(executable, script, { mode: 0o755 });
    return executable;
  }

  it('is started again, on other ports', async () => {
    const server = await startDevServer({ executable: await panicsWhile('[ ! -e panicked ]') });
    cleanUps.push(() => server.stop());
    expect(await startRun(server.address)).toMatch(/./);
  });

  it('each time is given up, with the beginning of its output', async () => {
    const always = startDevServer({ executable: await panicsWhile('true') });
    await expect(always).rejects.toThrow(/ended with exit code 2:\npanic: no port is left/);
  });
});
