import { createServer, type AddressInfo } from 'node:net';
import { repository } from '@longhaul/testing/processes';
import { freePort, startChild, type Child } from '@longhaul/testing/servers';
import { afterEach, describe, expect, it } from 'vitest';
import { portTable } from './ports.ts';

const children: Child[] = [];
afterEach(async () => {
  for (const child of children.splice(0)) await child.stop(20_000);
});

async function freePorts(): Promise<Record<string, string>> {
  const entries: [string, string][] = [];
  for (const { variable } of Object.values(portTable)) entries.push([variable, String(await freePort())]);
  return Object.fromEntries(entries);
}

async function npmStart(args: readonly string[], ports: Readonly<Record<string, string>>): Promise<Child> {
  const child = await startChild({
    name: 'npm start',
    command: process.execPath,
    args: ['--conditions=@longhaul/source', '--import', 'tsx', 'tools/src/start/main.ts', ...args],
    cwd: repository,
    env: { ...process.env, ...ports },
  });
  children.push(child);
  return child;
}

async function nobodyListens(ports: Readonly<Record<string, string>>): Promise<void> {
  for (const [variable, port] of Object.entries(ports)) {
    await expect(fetch(`http://127.0.0.1:${port}`), variable).rejects.toThrow('fetch failed');
  }
}

describe('npm start', () => {
  it('takes the whole tour, ends with 0, and leaves nothing behind', async () => {
    const ports = await freePorts();
    const child = await npmStart(['--exit'], ports);
    const { code } = await child.ended;
    expect(child.tail(5)).toContain('Every invariant holds.');
    expect(code).toBe(0);
    await nobodyListens(ports);
  });

  it('stops everything that it started when it is interrupted', async () => {
    const ports = await freePorts();
    const child = await npmStart(['--no-tour'], ports);
    await expect.poll(() => child.tail(40), { timeout: 90_000 }).toContain('Ctrl-C stops everything');
    const gateway = await fetch(`http://127.0.0.1:${ports['GATEWAY_PORT']}/docs`);
    expect(gateway.status).toBe(200);
    expect((await child.stop(20_000)).code).toBe(0);
    expect(child.tail(1)).toBe('Everything that was started here is stopped.');
    await nobodyListens(ports);
  });

  it('names every taken port and what to set instead, and starts nothing', async () => {
    const taker = createServer();
    await new Promise<void>((resolve) => taker.listen(0, '127.0.0.1', resolve));
    try {
      const { port } = taker.address() as AddressInfo;
      const child = await npmStart([], { ...(await freePorts()), GATEWAY_PORT: String(port) });
      expect((await child.ended).code).toBe(1);
      expect(child.tail(3)).toContain(
        `Port ${port} for the gateway is taken. Stop what listens there, or set GATEWAY_PORT to another port`,
      );
    } finally {
      taker.close();
    }
  });
});
