import type { RunEvidence } from '../evidence.ts';
import type { CallEntry, JournalEntry } from '../sandbox-evidence.ts';

/** A run as the rules on undos, cancels and owners see it. */
export interface Story {
  readonly run: RunEvidence;
  /** Undefined while the run goes on, and if it ended without an outcome. */
  readonly outcome: { readonly status: string } | undefined;
  /** The run succeeded, so nothing may be undone. */
  readonly kept: boolean;
  /** The user or merchant who may ask about it; undefined if unknown. */
  readonly owner: string | undefined;
  /** A person did this step or still has to do it: its missing effect is not a violation. */
  readonly excuses: (step: string) => boolean;
}

/** The effects on one kind of thing, and the undos that reverse them. */
export interface Deed {
  readonly effects: readonly JournalEntry['effect'][];
  readonly undos: readonly JournalEntry['effect'][];
  readonly thing: (entry: JournalEntry) => string | undefined;
  /** Whether an undo found something to reverse. Default: unknown. */
  readonly found?: (undo: JournalEntry) => boolean;
  /** Whether the thing expired on its own, so that an undo finds nothing. Default: never. */
  readonly lapses?: (entry: JournalEntry) => boolean;
}

/** What a domain shows to the rules that are the same for all domains. */
export interface View {
  readonly stories: readonly Story[];
  readonly deeds: readonly Deed[];
  /** Effects on a user, each with the user whom it should concern; undefined if unknown. */
  readonly owned: readonly (readonly [row: JournalEntry & { readonly user: string }, owner: string | undefined])[];
  /** Work that has not ended although all runs are at rest. */
  readonly unfinished: readonly string[];
  /** Outcome statuses of runs that stopped early without a fault or a cancel. Default: none. */
  readonly stoppedAs?: readonly string[];
  /** Undos that may run without their steps, because they also record how the run ended. Default: none. */
  readonly takenAnyway?: readonly string[];
  /** Checks for undos whose need cannot be seen in the history. Default: none. */
  readonly undosBy?: Readonly<Record<string, (story: Story, key: string, undone: boolean) => string[]>>;
  /** The invariant under which wrong cancels are reported. Default: X13. */
  readonly cancels?: string;
  readonly keys?: KeysOfOthers;
  /** Whether the result of a step says that it made no call. Default: never. */
  readonly heldBack?: (result: unknown) => boolean;
}

/** Keys that are not `<workflow id>/<step>`, because they are made outside of runs. */
export interface KeysOfOthers {
  /** Why the key is wrong, or null if it is right. Undefined: it is not such a key. */
  readonly whyUnexplained: (key: string, calls: readonly CallEntry[]) => string | null | undefined;
  /** The runs that caused a row. Undefined: its key is not such a key. */
  readonly runsBehind: (row: JournalEntry | CallEntry) => readonly RunEvidence[] | undefined;
  /** What was recorded with another key than it was sent with. */
  readonly misnamed: readonly string[];
}
