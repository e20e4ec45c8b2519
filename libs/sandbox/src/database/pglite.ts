import { mkdir, readdir } from 'node:fs/promises';
import { PGlite, types, type Results } from '@electric-sql/pglite';
import type { Database, Queries } from './database.ts';
import { template } from './template.ts';

/** PostgreSQL inside this process. One process per folder. Without a folder all is gone when the process ends. */
export async function openPglite(folder: string | undefined): Promise<Database> {
  if (folder !== undefined) await mkdir(folder, { recursive: true });
  const isNew = folder === undefined || (await readdir(folder)).length === 0;
  const { loadDataDir, wasmModule, fsBundle } = await template();
  const pglite = await PGlite.create({
    ...(folder !== undefined && { dataDir: folder }),
    wasmModule,
    fsBundle,
    ...(isNew && { loadDataDir }),
    parsers: {
      [types.INT8]: Number,
      [types.TIMESTAMPTZ]: (value: string) => new Date(value).toISOString(),
    },
  });
  return {
    ...queriesOf(pglite),
    transaction: (work) => pglite.transaction((transaction) => work(queriesOf(transaction))),
    close: () => pglite.close(),
  };
}

function queriesOf(pglite: { query<Row>(sql: string, parameters?: unknown[]): Promise<Results<Row>> }): Queries {
  return {
    query: async <Row>(sql: string, parameters: readonly unknown[] = []) =>
      (await pglite.query<Row>(sql, [...parameters])).rows,
  };
}
