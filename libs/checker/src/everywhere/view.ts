import type { RunEvidence } from '../evidence.ts';
import type { CallEntry, JournalEntry } from '../sandbox-evidence.ts';

/** What a run was begun for, as the rules on undos, cancels and owners see it. */
export interface Story {
  readonly run: RunEvidence;
  /** Undefined until there is one, and for a run that ended without. */
  readonly outcome: { readonly status: string } | undefined;
  /** It came to what it was begun for. */
  readonly kept: boolean;
  /** Who may ask for it; undefined where nothing tells. */
  readonly owner: string | undefined;
  /** A person did this step, or has still to do it: what it should have brought about is not held against the run. */
  readonly excuses: (step: string) => boolean;
}

/** What is done to one kind of thing, and what takes it back. */
export interface Deed {
  readonly effects: readonly JournalEntry['effect'][];
  readonly undos: readonly JournalEntry['effect'][];
  readonly thing: (entry: JournalEntry) => string | undefined;
  /** Whether an undo found something to take back. Default: it does not say. */
  readonly found?: (undo: JournalEntry) => boolean;
  /** The thing ended by itself, so that an undo finds nothing. Default: it never does. */
  readonly lapses?: (entry: JournalEntry) => boolean;
}

/** What a domain shows to the rules that hold everywhere. */
export interface View {
  readonly stories: readonly Story[];
  readonly deeds: readonly Deed[];
  /** What fell on one user, and on whom it should have fallen; undefined where nothing tells. */
  readonly owned: readonly (readonly [row: JournalEntry & { readonly user: string }, owner: string | undefined])[];
  /** What says at rest that somebody is still at it. */
  readonly unfinished: readonly string[];
  /** Statuses of runs that were stopped by something else than a fault or a cancel. Default: none. */
  readonly stoppedAs?: readonly string[];
  /** Undos that a run may take without their steps, as they also write down how it ended. Default: none. */
  readonly takenAnyway?: readonly string[];
  /** Undos of which the histories cannot tell whether they were due, and how to tell. Default: none. */
  readonly undosBy?: Readonly<Record<string, (story: Story, key: string, undone: boolean) => string[]>>;
  /** The number under which its cancels are judged. Default: X13. */
  readonly cancels?: string;
  readonly keys?: KeysOfOthers;
  /** A step came to its end without a call, as its result says. Default: none does. */
  readonly heldBack?: (result: unknown) => boolean;
}

/** Keys that are not `<workflow id>/<step>`, because somebody else makes them. */
export interface KeysOfOthers {
  /** Why nothing explains the key, null when something does. Undefined: it is not one of these. */
  readonly whyUnexplained: (key: string, calls: readonly CallEntry[]) => string | null | undefined;
  /** The runs behind a row. Undefined: its key is not one of these. */
  readonly runsBehind: (row: JournalEntry | CallEntry) => readonly RunEvidence[] | undefined;
  /** What was written down under another key than it came with. */
  readonly misnamed: readonly string[];
}
