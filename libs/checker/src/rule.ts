import type { Facts } from './everywhere/facts.ts';

/** One sentence of the house's invariants, and how to find where it does not hold. */
export interface Invariant<Known = Facts> {
  readonly id: string;
  readonly says: string;
  /** Holds at every moment, not only at rest: judged on snapshots as well. */
  readonly snapshot?: true;
  /** What is wrong, one message for each find, naming the ids involved. */
  readonly find: (facts: Known) => string[];
}

/** An invariant that this evidence cannot settle, and why: better said than silently left out. */
export interface NotJudged {
  readonly id: string;
  readonly because: string;
}

export interface Violation {
  readonly invariant: string;
  readonly says: string;
  readonly message: string;
}
