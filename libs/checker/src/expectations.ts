import { contracts, type WorkflowContract } from '@longhaul/contracts';

/** The parts of a workflow's contract that the checker uses. */
export type WorkflowWords = Pick<WorkflowContract, 'type' | 'id' | 'steps' | 'updates'>;

export interface RefundRule {
  readonly atLeastHoursBefore: number;
  readonly refundPercent: number;
}

/** What the checker expects of the evidence. */
export interface Expectations {
  /** The evidence was collected while runs go on: only invariants that hold at every moment are checked. Default: false. */
  readonly snapshot?: boolean;
  /** The known workflows. A key of any other workflow is a violation. Default: all of this repository. */
  readonly contracts?: readonly WorkflowWords[];
  /** Codes with which a run may fail: those of docs/failures.md. Default: `InvalidInput`. */
  readonly failureCodes?: readonly string[];
  /** A worker whose workflow tasks fail was deployed on purpose. Default: false. */
  readonly plannedBadDeploy?: boolean;
  /** Secrets and personal values of the test data, which must not be readable in histories, ids or keys. Default: none. */
  readonly canaries?: readonly string[];
  /**
   * Longest time from the expiry of a hold to the sweep that frees its seat, in seconds. Default: 60. `Infinity` if there is
   * no sweep, as in a test whose clock skips days.
   */
  readonly sweepSeconds?: number;
  /** The refund of a cancelled booking, highest share first. Default: 100 % a day before, 50 % two hours before. */
  readonly refundRules?: readonly RefundRule[];
  /** Accounts that may not be negative. Default: wallets, captured fares, merchants and pending refunds. */
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
