import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { schema } from './schema.ts';

/** The parts of a new embedded database. Each is read once per process and shared by its databases. */
export interface Template {
  /** The files of a database with our empty tables. */
  readonly loadDataDir: Blob;
  readonly wasmModule: object;
  readonly fsBundle: Blob;
}

/** Missing in Node's types. */
const { compile } = (
  globalThis as unknown as { readonly WebAssembly: { readonly compile: (bytes: Uint8Array) => Promise<object> } }
).WebAssembly;

let read: Promise<Template> | undefined;

export function template(): Promise<Template> {
  return (read ??= readTemplate());
}

async function readTemplate(): Promise<Template> {
  const [loadDataDir, wasm, data] = await Promise.all([
    emptyTables(),
    readFile(join(pgliteFolder, 'pglite.wasm')),
    readFile(join(pgliteFolder, 'pglite.data')),
  ]);
  return { loadDataDir, wasmModule: await compile(wasm), fsBundle: new Blob([data]) };
}

/**
 * Creating the files takes the embedded PostgreSQL about four seconds, reading them a tenth of that, so they are cached. Without
 * a usable cache it is only slower.
 */
export async function emptyTables(folder = cacheFolder()): Promise<Blob> {
  const name = `pglite-${await pgliteVersion()}-${digest(schema)}.tar`;
  try {
    return new Blob([await readFile(join(folder, name))]);
  } catch {
    const files = await makeEmptyTables();
    await keep(folder, name, files).catch(() => undefined);
    return files;
  }
}

async function makeEmptyTables(): Promise<Blob> {
  const pglite = await PGlite.create();
  try {
    for (const statement of schema) await pglite.query(statement);
    return await pglite.dumpDataDir('none');
  } finally {
    await pglite.close();
  }
}

/** Writes the file atomically, because other processes may read it, and removes files of older schemas. */
async function keep(folder: string, name: string, files: Blob): Promise<void> {
  const unfinished = join(folder, `${name}.${randomUUID()}`);
  await mkdir(folder, { recursive: true });
  try {
    await writeFile(unfinished, files.stream());
    await rename(unfinished, join(folder, name));
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
  const others = (await readdir(folder)).filter((file) => /^pglite-.*\.tar$/.test(file) && file !== name);
  await Promise.all(others.map((file) => rm(join(folder, file), { force: true })));
}

/** The package does not export its package.json, so it is searched next to its entry. */
async function pgliteVersion(): Promise<string> {
  const { version } = JSON.parse(await readFile(join(pgliteFolder, '../package.json'), 'utf8')) as { version: string };
  return version;
}

const digest = (statements: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(statements)).digest('hex').slice(0, 12);

const pgliteFolder = dirname(createRequire(import.meta.url).resolve('@electric-sql/pglite'));
const cacheFolder = () => join(homedir(), '.cache', 'longhaul');
