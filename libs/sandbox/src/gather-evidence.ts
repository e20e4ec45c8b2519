import type { CallEntry, Effect, JournalEntry, SandboxEvidence } from '@longhaul/checker';
import type { Database, Queries } from './database/queries.ts';
import { gatherAll } from './services/folds.ts';

/** All effects and calls of the services at one moment. */
export async function gatherEvidence(database: Database, at: string): Promise<SandboxEvidence> {
  return database.transaction(async (tx) => {
    await tx.query('set transaction isolation level repeatable read, read only');
    return { at, journal: await journal(tx), calls: await calls(tx), ...(await gatherAll(tx)) };
  });
}

async function journal(tx: Queries): Promise<JournalEntry[]> {
  const rows = await tx.query<Omit<JournalEntry, keyof Effect> & { effect: Effect }>(
    `select seq, at, service, key, correlation_id as "correlationId", effect from journal order by seq`,
  );
  return rows.map(({ effect, ...row }) => ({ ...row, ...effect }));
}

async function calls(tx: Queries): Promise<CallEntry[]> {
  return tx.query<CallEntry>(
    `select seq, at, service, route, key, attempt, correlation_id as "correlationId", status, fault
     from calls order by seq`,
  );
}
