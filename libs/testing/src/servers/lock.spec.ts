import { mkdir, mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withLock } from './lock.ts';
import { processIdentity } from './process-identity.ts';

const never = () => {
  throw new Error('nobody should have to wait');
};

async function lockFolder() {
  return join(await mkdtemp(join(tmpdir(), 'longhaul-lock-')), 'build.lock');
}

describe('the lock', () => {
  it('lets one process at a time do the work', async () => {
    const folder = await lockFolder();
    let inside = 0;
    let most = 0;
    const work = async () => {
      inside += 1;
      most = Math.max(most, inside);
      await new Promise((resolve) => setTimeout(resolve, 20));
      inside -= 1;
    };
    await Promise.all(Array.from({ length: 5 }, () => withLock(folder, () => undefined, work)));
    expect(most).toBe(1);
  });

  it('is released if the work fails, without leaving files', async () => {
    const folder = await lockFolder();
    await expect(withLock(folder, never, () => Promise.reject(new Error('broken build')))).rejects.toThrow(
      'broken build',
    );
    expect(await withLock(folder, never, () => Promise.resolve('built'))).toBe('built');
    expect(await readdir(join(folder, '..'))).toEqual([]);
  });

  it('of a process that has ended is taken over', async () => {
    const folder = await lockFolder();
    await mkdir(folder);
    await writeFile(join(folder, '999999999-1'), '');
    expect(await withLock(folder, never, () => Promise.resolve('built'))).toBe('built');
  });

  it('of an ended process whose id is in use again is taken over', async () => {
    const folder = await lockFolder();
    await mkdir(folder);
    await writeFile(join(folder, `${process.pid}-1`), '');
    expect(await processIdentity(process.pid)).not.toBe(`${process.pid}-1`);
    expect(await withLock(folder, never, () => Promise.resolve('built'))).toBe('built');
  });
});
