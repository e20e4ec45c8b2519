import { Pool, types, type ClientBase, type CustomTypesConfig } from 'pg';
import type { Database, Queries } from './database.ts';

const connectionLimit = 16;

/** A PostgreSQL server. */
export async function openPostgres(url: string): Promise<Database> {
  const pool = new Pool({ connectionString: url, max: connectionLimit, types: typesConfig });
  // A connection that breaks while idle is replaced; without a listener it would end the process.
  pool.on('error', () => undefined);
  try {
    await pool.query('select 1');
  } catch (cause) {
    await pool.end();
    throw new Error(`No PostgreSQL answers at DATABASE_URL [${withoutPassword(url)}]`, { cause });
  }
  return {
    query: async <Row>(sql: string, parameters: readonly unknown[] = []) =>
      (await pool.query(sql, [...parameters])).rows as Row[],
    async transaction(work) {
      const client = await pool.connect();
      let broken: Error | undefined;
      try {
        await client.query('begin');
        const result = await work(queriesOf(client));
        await client.query('commit');
        return result;
      } catch (error) {
        await client.query('rollback').catch((cause: Error) => (broken = cause));
        throw error;
      } finally {
        client.release(broken);
      }
    },
    close: () => pool.end(),
  };
}

function queriesOf(client: ClientBase): Queries {
  return {
    query: async <Row>(sql: string, parameters: readonly unknown[] = []) =>
      (await client.query(sql, [...parameters])).rows as Row[],
  };
}

const parsers: Record<number, (value: string) => unknown> = {
  [types.builtins.INT8]: Number,
  [types.builtins.TIMESTAMPTZ]: (value) => new Date(value).toISOString(),
};

const typesConfig: CustomTypesConfig = {
  getTypeParser: (id, format) =>
    format === 'binary' ? types.getTypeParser(id, format) : (parsers[id] ?? types.getTypeParser(id, 'text')),
};

function withoutPassword(url: string): string {
  return URL.canParse(url) ? Object.assign(new URL(url), { password: '' }).href : url;
}
