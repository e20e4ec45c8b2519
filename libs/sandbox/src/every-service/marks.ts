import type { Queries } from '../database/queries.ts';
import { refused, type Outcome } from '../http/operation.ts';

/**
 * The marks of one service: of the kinds of things that it can be asked for, and that can be taken back, each with an id
 * that the caller makes. No two services have a kind in common.
 */
export interface MarksOf<Kind> {
  readonly open: (tx: Queries, kind: Kind, id: string) => Promise<'new' | 'known' | 'undone'>;
  readonly markUndone: (tx: Queries, kind: Kind, id: string) => Promise<void>;
  readonly alreadyUndone: (kind: Kind, id: string) => Outcome;
}

export const marks: MarksOf<string> = { open, markUndone, alreadyUndone };

/**
 * Opens a thing: `new`; `known` when its id was asked for before under another key; `undone` when an undo was here
 * first. Until the transaction ends, a do and an undo of the same thing wait for one another.
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

/** Remembers for good that the thing was taken back, whether it ever was there or not. */
async function markUndone(tx: Queries, kind: string, id: string): Promise<void> {
  await tx.query(
    `insert into marks (kind, id, undone) values ($1, $2, true) on conflict (kind, id) do update set undone = true`,
    [kind, id],
  );
}

function alreadyUndone(kind: string, id: string): Outcome {
  return refused(409, 'already-undone', `The ${kind} was taken back before it came [${id}]`);
}
