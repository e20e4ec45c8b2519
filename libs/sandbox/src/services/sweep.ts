import type { Database } from '../database/database.ts';
import { lapse } from './holds.ts';

/** Frees the seats of all holds whose time is over, and says how many they were. */
export async function sweepHolds(database: Database, now: string): Promise<number> {
  return database.transaction(async (tx) => {
    const lapsed = await lapse(tx, now);
    await tx.query(
      `insert into journal (at, service, effect) select $1::timestamptz, 'booking', effect
       from jsonb_array_elements($2::jsonb) as effect`,
      [now, JSON.stringify(lapsed)],
    );
    return lapsed.length;
  });
}
