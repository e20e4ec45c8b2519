import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';

/**
 * The files of a database with nothing in it. Making them takes the embedded PostgreSQL about three seconds, reading
 * them back a tenth of that, so they are kept in the user's cache. A cache that cannot be used costs time only.
 */
export async function emptyCluster(folder = cacheFolder()): Promise<Blob> {
  const file = join(folder, `pglite-${await pgliteVersion()}-empty.tar`);
  try {
    return new Blob([await readFile(file)]);
  } catch {
    const cluster = await makeEmptyCluster();
    await keep(file, cluster).catch(() => undefined);
    return cluster;
  }
}

async function makeEmptyCluster(): Promise<Blob> {
  const pglite = await PGlite.create();
  try {
    return await pglite.dumpDataDir('none');
  } finally {
    await pglite.close();
  }
}

/** Under its name only when it is whole: another process may be reading. */
async function keep(file: string, cluster: Blob): Promise<void> {
  const unfinished = `${file}.${randomUUID()}`;
  await mkdir(dirname(file), { recursive: true });
  try {
    await writeFile(unfinished, cluster.stream());
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

/** The package does not export its package.json, so it is found beside its entry. */
async function pgliteVersion(): Promise<string> {
  const entry = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  const { version } = JSON.parse(await readFile(join(dirname(entry), '../package.json'), 'utf8')) as {
    version: string;
  };
  return version;
}

const cacheFolder = () => join(homedir(), '.cache', 'longhaul');
