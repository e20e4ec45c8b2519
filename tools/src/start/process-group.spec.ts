import { processIdentity } from '@longhaul/testing/servers';
import { afterEach, describe, expect, it } from 'vitest';
import { createProcessGroup, type ProcessGroup } from './process-group.ts';

const groups: ProcessGroup[] = [];
afterEach(async () => {
  for (const group of groups.splice(0)) await group.stop();
});

function aGroup(): ProcessGroup {
  const created = createProcessGroup();
  groups.push(created);
  return created;
}

const node = (name: string, script: string) => ({ name, command: process.execPath, args: ['-e', script] });
const waits = 'setInterval(() => {}, 1000)';

describe('a process group', () => {
  it('stops all its processes, each before those that it needs', async () => {
    const ours = aGroup();
    const ended: string[] = [];
    const started = [
      await ours.start('temporal', node('temporal', waits)),
      await ours.start('sandbox', node('sandbox', waits)),
      await ours.start('apps', node('worker', waits)),
    ];
    for (const child of started) void child.ended.then(() => ended.push(child.name));
    await ours.stop();
    expect(ended).toEqual(['worker', 'sandbox', 'temporal']);
  });

  it('fails when a process ends unexpectedly, with its name, exit code and last output', async () => {
    const ours = aGroup();
    await ours.start('apps', node('worker', 'console.error("no such namespace"); process.exit(7)'));
    await expect(ours.collapsed).rejects.toThrow('worker ended with exit code 7. Last output:\n    no such namespace');
  });

  it('starts nothing while it is being stopped', async () => {
    const ours = aGroup();
    await ours.stop();
    await expect(ours.start('apps', node('worker', waits))).rejects.toThrow('worker was not started');
  });

  it('kills a process that ignores SIGTERM, together with its children', async () => {
    const ours = aGroup();
    // As text, because numbers are printed in colour if FORCE_COLOR is set, as by Nx.
    const spawns = `const { pid } = require('child_process').spawn(process.execPath, ['-e', ${JSON.stringify(waits)}]);
      process.on('SIGTERM', () => {}); console.log(String(pid)); ${waits}`;
    const child = await ours.start('build', { ...node('build', spawns), wholeGroup: true });
    await expect.poll(() => child.tail()).toMatch(/^\d+$/);
    const grandchild = Number(child.tail());
    expect(await processIdentity(grandchild)).toBeDefined();
    ours.kill();
    expect(await child.ended).toEqual({ code: null, signal: 'SIGKILL' });
    await expect.poll(() => processIdentity(grandchild)).toBeUndefined();
  });
});
