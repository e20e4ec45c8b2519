import { spawn } from 'node:child_process';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, processIdentity, tellOnlyWaits } from '@longhaul/testing/servers';
import { Client, Connection } from '@temporalio/client';
import { afterEach, describe, expect, it } from 'vitest';
import { keptServer, type KeptServer } from './kept-server.ts';

const cleanUps: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

async function serverIn(folder: string): Promise<KeptServer> {
  const env = { TEMPORAL_PORT: String(await freePort()), TEMPORAL_UI_PORT: String(await freePort()) };
  const server = keptServer(env, folder);
  cleanUps.push(() => server.down());
  return server;
}

const newFolder = () => mkdtemp(join(tmpdir(), 'longhaul-kept-'));

async function clientOf(address: string): Promise<Client> {
  const connection = await Connection.connect({ address });
  cleanUps.push(() => connection.close());
  return new Client({ connection });
}

describe('the kept Temporal server', () => {
  it('keeps its runs over a restart, and is started only once', async () => {
    const folder = await newFolder();
    const server = await serverIn(folder);
    const first = await server.up(tellOnlyWaits());
    const client = await clientOf(first.address);
    await client.workflow.start('kept', { taskQueue: 'nobody', workflowId: 'kept' });
    expect(await server.up(tellOnlyWaits())).toMatchObject({ was: 'up', pid: first.pid });

    expect(await server.down()).toBe(first.pid);
    expect(await processIdentity(first.pid)).toBeUndefined();
    expect(await server.down()).toBeUndefined();

    const second = await server.up(tellOnlyWaits());
    expect(second).toMatchObject({ was: 'started' });
    const again = await clientOf(second.address);
    expect((await again.workflow.getHandle('kept').describe()).status.name).toBe('RUNNING');
  });

  it('does not stop another process that has the id of an ended server', async () => {
    const folder = await newFolder();
    const stranger = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    cleanUps.push(() => Promise.resolve(stranger.kill()));
    const stale = {
      pid: stranger.pid,
      identity: `${stranger.pid}-1`,
      address: '127.0.0.1:1',
      uiUrl: 'http://127.0.0.1:2',
    };
    await writeFile(join(folder, 'server.json'), JSON.stringify(stale));
    expect(await (await serverIn(folder)).down()).toBeUndefined();
    expect(await processIdentity(stranger.pid ?? 0)).toBeDefined();
    await expect(readFile(join(folder, 'server.json'))).rejects.toThrow('ENOENT');
  });
});
