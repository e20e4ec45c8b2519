import type { Database, DatabasePlace, Queries } from './queries.ts';
import { schema } from './schema.ts';

/** Opens the database and creates or updates its tables. */
export async function openDatabase({ url, folder }: DatabasePlace): Promise<Database> {
  const database = url === undefined ? await openEmbedded(folder) : await openServer(url);
  try {
    await database.transaction((queries) => createTables(queries));
  } catch (cause) {
    await database.close();
    throw new Error(
      `The sandbox's tables could not be made in its database [${url === undefined ? (folder ?? 'in memory') : 'DATABASE_URL'}]`,
      { cause },
    );
  }
  return database;
}

async function openEmbedded(folder: string | undefined): Promise<Database> {
  const { openPglite } = await import('./pglite.ts');
  return openPglite(folder);
}

async function openServer(url: string): Promise<Database> {
  const { openPostgres } = await import('./postgres.ts');
  return openPostgres(url);
}

async function createTables(queries: Queries): Promise<void> {
  // Two sandboxes on one server may start at the same time.
  await queries.query(`select pg_advisory_xact_lock(hashtext('longhaul sandbox tables'))`);
  for (const statement of schema) await queries.query(statement);
}
