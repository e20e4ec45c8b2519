import { repository } from '@longhaul/testing/processes';
import { freePort, startChild, type Child } from '@longhaul/testing/servers';
import { expect } from 'vitest';
import { portTable } from './ports.ts';

/** A free port for each variable. */
export async function freePorts(): Promise<Record<string, string>> {
  const entries: [string, string][] = [];
  for (const { variable } of Object.values(portTable)) entries.push([variable, String(await freePort())]);
  return Object.fromEntries(entries);
}

export async function nobodyListens(ports: Readonly<Record<string, string>>): Promise<void> {
  for (const [variable, port] of Object.entries(ports)) {
    await expect(fetch(`http://127.0.0.1:${port}`), variable).rejects.toThrow('fetch failed');
  }
}

/** `npm start` without npm, so that signals reach it directly, as at a terminal. */
export function npmStart(args: readonly string[], ports: Readonly<Record<string, string>>): Promise<Child> {
  return startChild({
    name: 'npm start',
    command: process.execPath,
    args: ['--conditions=@longhaul/source', '--import', 'tsx', 'tools/src/start/main.ts', ...args],
    cwd: repository,
    env: { ...process.env, ...ports },
  });
}
