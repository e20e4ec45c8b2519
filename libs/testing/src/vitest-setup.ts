import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTestServer } from './servers/test-server.ts';
import { specRun } from './spec-run.ts';

/** Runs before the first spec file: starts one Temporal server for all, and makes a folder for workflow bundles. */
export async function setup(): Promise<() => Promise<void>> {
  const bundles = await mkdtemp(join(tmpdir(), 'longhaul-bundles-'));
  process.env[specRun.bundles] = bundles;
  const ours = process.env[specRun.server] === undefined ? await startTestServer() : undefined;
  if (ours) process.env[specRun.server] = ours.address;
  return async () => {
    await ours?.stop();
    await rm(bundles, { recursive: true, force: true });
  };
}
