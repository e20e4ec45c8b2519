import { mkdir, mkdtemp, readdir, rename, rm, rmdir, unlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { processIdentity } from './process-identity.ts';

const lookAgainMs = 300;

/**
 * Does the work while no other process on this machine does, and calls `onWait` if it has to wait. The lock is a folder with
 * one file that is named after its owner: moving a folder onto an empty or missing one is atomic, and a dead owner's file can
 * be removed by its name without touching a lock that another process has taken in the meantime.
 */
export async function withLock<T>(folder: string, onWait: (pid: number) => void, work: () => Promise<T>): Promise<T> {
  const owner = await processIdentity(process.pid);
  if (!owner) throw new Error(`This process cannot be identified [pid ${process.pid}]`);
  await mkdir(dirname(folder), { recursive: true });
  const ours = await mkdtemp(`${folder}-`);
  await writeFile(join(ours, owner), '');
  let told = false;
  try {
    while (!(await moved(ours, folder))) {
      const holder = await liveOwner(folder);
      if (holder === undefined) continue;
      if (!told) onWait(holder);
      told = true;
      await sleep(lookAgainMs);
    }
  } catch (error) {
    await rm(ours, { recursive: true, force: true });
    throw error;
  }
  try {
    return await work();
  } finally {
    await unlink(join(folder, owner));
    // A waiting process may already have taken the lock.
    await rmdir(folder).catch(() => undefined);
  }
}

async function moved(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (['ENOTEMPTY', 'EEXIST'].includes(code)) return false;
    throw new Error(`The lock cannot be taken [${to}]`, { cause: error });
  }
}

/** The process that holds the lock. The file of a dead process is removed. */
async function liveOwner(folder: string): Promise<number | undefined> {
  for (const name of await readdir(folder).catch(() => [])) {
    const pid = Number.parseInt(name, 10);
    if ((await processIdentity(pid)) === name) return pid;
    await unlink(join(folder, name)).catch(() => undefined);
  }
  return undefined;
}
