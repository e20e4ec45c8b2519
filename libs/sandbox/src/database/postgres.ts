import { Pool, TypeOverrides, types, type ClientBase } from 'pg';
import type { Database, Queries } from './queries.ts';

const connectionLimit = 16;

/** A PostgreSQL server. */
export async function openPostgres(url: string): Promise<Database> {
  const pool = new Pool({ connectionString: url, max: connectionLimit, types: parsers() });
  // The pool replaces a broken idle connection. Without a listener, its error would end the process.
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
        await client.query('rollback').catch((cause: unknown) => {
          broken = new Error('A connection to PostgreSQL broke', { cause });
        });
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

function parsers(): TypeOverrides {
  const overrides = new TypeOverrides();
  overrides.setTypeParser(types.builtins.INT8, Number);
  overrides.setTypeParser(types.builtins.TIMESTAMPTZ, (value: string) => new Date(value).toISOString());
  return overrides;
}

function withoutPassword(url: string): string {
  return URL.canParse(url) ? Object.assign(new URL(url), { password: '' }).href : url;
}
