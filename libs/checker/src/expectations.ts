import { contracts, type WorkflowContract } from '@longhaul/contracts';

/** What the checker looks at in a workflow's contract. */
export type WorkflowWords = Pick<WorkflowContract, 'type' | 'id' | 'steps' | 'updates'>;

export interface RefundRule {
  readonly atLeastHoursBefore: number;
  readonly refundPercent: number;
}

/** What was agreed before the run, and what it is held against. */
export interface Expectations {
  /** The house is still at work: only what holds at every moment is judged. Default: false. */
  readonly snapshot?: boolean;
  /** The workflows there are. A key of any other is one that nobody can explain. Default: all of the house. */
  readonly contracts?: readonly WorkflowWords[];
  /** Codes that a run may fail with: those of docs/failures.md. Default: `InvalidInput`. */
  readonly failureCodes?: readonly string[];
  /** A worker that cannot do its workflow tasks was put in on purpose. Default: false. */
  readonly plannedBadDeploy?: boolean;
  /** Secrets and personal values that were fed in and may not be readable in histories, ids or keys. Default: none. */
  readonly canaries?: readonly string[];
  /**
   * Longest time from a hold's expiry to the sweep that frees its seat, in seconds. Default: 60. `Infinity` where nobody
   * sweeps, as in a test whose clock skips days.
   */
  readonly sweepSeconds?: number;
  /** What a cancelled booking gives back, most generous first. Default: 100 % a day before, 50 % two hours before. */
  readonly refundRules?: readonly RefundRule[];
  /** Accounts that may not go below zero. Default: wallets, captured fares, merchants, and what waits to go back. */
  readonly neverNegative?: RegExp;
}

export const defaultExpectations: Required<Expectations> = {
  snapshot: false,
  contracts,
  failureCodes: ['InvalidInput'],
  plannedBadDeploy: false,
  canaries: [],
  sweepSeconds: 60,
  refundRules: [
    { atLeastHoursBefore: 24, refundPercent: 100 },
    { atLeastHoursBefore: 2, refundPercent: 50 },
    { atLeastHoursBefore: 0, refundPercent: 0 },
  ],
  neverNegative: /^(wallet|fares|merchant):|^refunds:pending$/,
};
