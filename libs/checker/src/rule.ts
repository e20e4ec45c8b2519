import type { Facts } from './everywhere/facts.ts';

/** One invariant: its sentence, and how to find violations of it. */
export interface Invariant<Known = Facts> {
  readonly id: string;
  readonly says: string;
  /** Holds at every moment, not only at rest, so it is checked on snapshots as well. */
  readonly snapshot?: true;
  /** One message for each violation, with the ids involved. */
  readonly find: (facts: Known) => string[];
}

/** An invariant that cannot be checked with this evidence, and why. */
export interface NotJudged {
  readonly id: string;
  readonly because: string;
}

export interface Violation {
  readonly invariant: string;
  readonly says: string;
  readonly message: string;
}
