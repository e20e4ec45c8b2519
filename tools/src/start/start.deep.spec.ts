import type { Child } from '@longhaul/testing/servers';
import { afterEach, describe, expect, it } from 'vitest';
import { freePorts, nobodyListens, npmStart } from './npm-start.fixture.ts';

const children: Child[] = [];
afterEach(async () => {
  for (const child of children.splice(0)) await child.stop(20_000);
});

async function start(args: readonly string[], ports: Readonly<Record<string, string>>): Promise<Child> {
  const child = await npmStart(args, ports);
  children.push(child);
  return child;
}

/** With a dev server that it finds and starts itself. */
describe('npm start', () => {
  it('runs the whole tour, exits with 0, and leaves no process behind', async () => {
    const ports = await freePorts();
    const child = await start(['--exit'], ports);
    const { code } = await child.ended;
    expect(child.tail(5)).toContain('Every invariant holds.');
    expect(code).toBe(0);
    await nobodyListens(ports);
  });

  it('stops everything that it started when it is interrupted', async () => {
    const ports = await freePorts();
    const child = await start(['--no-tour'], ports);
    await expect.poll(() => child.tail(40), { timeout: 90_000 }).toContain('Ctrl-C stops everything');
    const gateway = await fetch(`http://127.0.0.1:${ports['GATEWAY_PORT']}/docs`);
    expect(gateway.status).toBe(200);
    const ui = await fetch(`http://127.0.0.1:${ports['TEMPORAL_UI_PORT']}`);
    expect(ui.status).toBe(200);
    expect((await child.stop(20_000)).code).toBe(0);
    expect(child.tail(1)).toBe('Everything that was started here is stopped.');
    await nobodyListens(ports);
  });
});
