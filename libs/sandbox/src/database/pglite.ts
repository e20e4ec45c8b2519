import { mkdir, readdir } from 'node:fs/promises';
import { PGlite, types, type Results } from '@electric-sql/pglite';
import type { Database, Queries } from './queries.ts';
import { template } from './template.ts';

/** Closed databases in memory, for reuse: opening a new one takes a second of CPU, emptying an old one a tenth of that. */
const spare: PGlite[] = [];
const mostSpare = 4;

/** PostgreSQL inside this process. A folder can be used by one process at a time. Without a folder, closing it loses all data. */
export async function openPglite(folder: string | undefined): Promise<Database> {
  const pglite = (folder === undefined && spare.pop()) || (await open(folder));
  return {
    ...queriesOf(pglite),
    transaction: (work) => pglite.transaction((transaction) => work(queriesOf(transaction))),
    async close() {
      if (folder !== undefined || spare.length === mostSpare) return pglite.close();
      await pglite.exec('drop schema public cascade; create schema public');
      spare.push(pglite);
    },
  };
}

async function open(folder: string | undefined): Promise<PGlite> {
  if (folder !== undefined) await mkdir(folder, { recursive: true });
  const isNew = folder === undefined || (await readdir(folder)).length === 0;
  const { loadDataDir, wasmModule, fsBundle } = await template();
  return PGlite.create({
    ...(folder !== undefined && { dataDir: folder }),
    wasmModule,
    fsBundle,
    ...(isNew && { loadDataDir }),
    parsers: {
      [types.INT8]: Number,
      [types.TIMESTAMPTZ]: (value: string) => new Date(value).toISOString(),
    },
  });
}

function queriesOf(pglite: { query<Row>(sql: string, parameters?: unknown[]): Promise<Results<Row>> }): Queries {
  return {
    query: async <Row>(sql: string, parameters: readonly unknown[] = []) =>
      (await pglite.query<Row>(sql, [...parameters])).rows,
  };
}
