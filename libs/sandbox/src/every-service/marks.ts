import type { Queries } from '../database/queries.ts';
import { refused, type Outcome } from '../http/operation.ts';

/**
 * The marks of one service. There is one for each thing that callers can request and undo, with an id that the caller chooses.
 * Each kind of thing belongs to one service.
 */
export interface MarksOf<Kind> {
  readonly open: (tx: Queries, kind: Kind, id: string) => Promise<'new' | 'known' | 'undone'>;
  readonly markUndone: (tx: Queries, kind: Kind, id: string) => Promise<void>;
  readonly alreadyUndone: (kind: Kind, id: string) => Outcome;
}

export const marks: MarksOf<string> = { open, markUndone, alreadyUndone };

/**
 * Opens a thing. `known`: its id was requested before with another key. `undone`: its undo came first. Until the transaction
 * ends, other requests and undos of the same thing wait.
 */
async function open(tx: Queries, kind: string, id: string): Promise<'new' | 'known' | 'undone'> {
  const [mark] = await tx.query<{ undone: boolean; known: boolean }>(
    `insert into marks (kind, id, undone) values ($1, $2, false)
     on conflict (kind, id) do update set undone = marks.undone
     returning undone, xmax <> 0 as known`,
    [kind, id],
  );
  if (mark?.undone) return 'undone';
  return mark?.known ? 'known' : 'new';
}

/** Records for good that the thing was undone, whether it had existed or not. */
async function markUndone(tx: Queries, kind: string, id: string): Promise<void> {
  await tx.query(
    `insert into marks (kind, id, undone) values ($1, $2, true) on conflict (kind, id) do update set undone = true`,
    [kind, id],
  );
}

function alreadyUndone(kind: string, id: string): Outcome {
  return refused(409, 'already-undone', `The ${kind} was taken back before it came [${id}]`);
}
