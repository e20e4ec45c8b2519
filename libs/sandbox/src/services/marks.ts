import type { Queries } from '../database/database.ts';
import { refused, type Outcome } from '../http/operation.ts';

/** Things that can be asked for and taken back, each with an id that the caller makes. */
export type Kind = 'hold' | 'booking' | 'charge' | 'passenger' | 'payment' | 'top-up';

/**
 * Opens a thing: `new`; `known` when its id was asked for before under another key; `undone` when an undo was here
 * first. Until the transaction ends, a do and an undo of the same thing wait for one another.
 */
export async function open(tx: Queries, kind: Kind, id: string): Promise<'new' | 'known' | 'undone'> {
  const [mark] = await tx.query<{ undone: boolean; known: boolean }>(
    `insert into marks (kind, id, undone) values ($1, $2, false)
     on conflict (kind, id) do update set undone = marks.undone
     returning undone, xmax <> 0 as known`,
    [kind, id],
  );
  if (mark?.undone) return 'undone';
  return mark?.known ? 'known' : 'new';
}

/** Remembers for good that the thing was taken back, whether it ever was there or not. */
export async function markUndone(tx: Queries, kind: Kind, id: string): Promise<void> {
  await tx.query(
    `insert into marks (kind, id, undone) values ($1, $2, true) on conflict (kind, id) do update set undone = true`,
    [kind, id],
  );
}

export function alreadyUndone(kind: Kind, id: string): Outcome {
  return refused(409, 'already-undone', `The ${kind} was taken back before it came [${id}]`);
}
