import type { Effect, Service } from '@longhaul/checker';
import type { Queries } from '../database/queries.ts';

/** Records what a service did on its own, without a key. */
export async function journalByItself(
  tx: Queries,
  service: Service,
  effects: readonly Effect[],
  now: string,
): Promise<void> {
  await tx.query(
    `insert into journal (at, service, effect) select $1::timestamptz, $2, effect
     from jsonb_array_elements($3::jsonb) with ordinality as list (effect, place) order by place`,
    [now, service, JSON.stringify(effects)],
  );
}
