import type { Database } from '../../database/queries.ts';
import { lapse } from './holds.ts';
import { journalByItself } from '../../every-service/journal.ts';

/** Frees the seats of all expired holds, and returns their number. */
export async function sweepHolds(database: Database, now: string): Promise<number> {
  return database.transaction(async (tx) => {
    const lapsed = await lapse(tx, now);
    await journalByItself(tx, 'booking', lapsed, now);
    return lapsed.length;
  });
}
