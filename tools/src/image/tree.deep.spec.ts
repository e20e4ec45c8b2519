import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apps, repository, startApp, untilReady } from '@longhaul/testing/processes';
import { startTestServer, type TestServer } from '@longhaul/testing/servers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assembleTree } from './tree.ts';

let server: TestServer;
/** Outside of the repository, so that no file of it can be found by chance. */
let folder: string;
beforeAll(async () => {
  [server, folder] = await Promise.all([startTestServer(), mkdtemp(join(tmpdir(), 'longhaul-tree-'))]);
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true });
});

describe('the tree of an image', () => {
  it('can run alone: the worker becomes ready, and exits with 0 at SIGTERM', async () => {
    const tree = join(folder, 'payment-worker');
    await assembleTree(repository, 'payment-worker', tree);
    const elsewhere = { temporal: server.address, sandbox: 'http://127.0.0.1:1', gateway: 'http://127.0.0.1:1' };
    const environment = apps.payment.environment(elsewhere, 0);
    const worker = await startApp(apps.payment, { environment, main: join(tree, 'main.js') });
    await untilReady(worker.name, `${await worker.url()}/readyz`);
    expect(await worker.terminate()).toMatchObject({ exitCode: 0, withinGrace: true });
  });

  it('contains what production needs, and nothing of the specs', async () => {
    const tree = join(folder, 'gateway');
    const { packages } = await assembleTree(repository, 'gateway', tree);
    expect(packages).toContain('node_modules/@temporalio/client');
    expect(packages.filter((path) => /@longhaul|vitest|typescript|webpack|core-bridge/.test(path))).toEqual([]);
    const beside = await readdir(tree);
    expect(beside.toSorted()).toEqual(['main.js', 'main.js.map', 'node_modules', 'package.json']);
  });

  it('is refused if the folder is not empty or the app is not built', async () => {
    await expect(assembleTree(repository, 'gateway', repository)).rejects.toThrow('The folder is not empty');
    await expect(assembleTree(repository, 'parcel-worker', folder)).rejects.toThrow('The app is not built');
  });
});
