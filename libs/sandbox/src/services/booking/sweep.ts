import type { Database } from '../../database/queries.ts';
import { lapse } from './holds.ts';
import { journalByItself } from '../../every-service/journal.ts';

/** Frees the seats of all holds whose time is over, and says how many they were. */
export async function sweepHolds(database: Database, now: string): Promise<number> {
  return database.transaction(async (tx) => {
    const lapsed = await lapse(tx, now);
    await journalByItself(tx, 'booking', lapsed, now);
    return lapsed.length;
  });
}
