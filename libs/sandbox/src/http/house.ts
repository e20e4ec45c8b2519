import type { Database } from '../database/database.ts';
import type { FaultPlan } from '../faults/fault-plan.ts';
import type { Call } from './calls.ts';

export interface CallNotice extends Pick<Call, 'service' | 'route' | 'key' | 'attempt'> {
  readonly phase: 'before' | 'after';
}

/** What all services of a sandbox share. */
export interface House {
  readonly database: Database;
  /** ISO 8601 in UTC. */
  readonly now: () => Promise<string>;
  readonly faultPlan: () => FaultPlan;
  /** Awaited before a call is looked at, and again between its commit and its answer. */
  readonly onCall: (notice: CallNotice) => void | Promise<void>;
  /** Awaited before a call is delayed; what it gives back is called when the call's work is committed. */
  readonly standStill: () => Promise<() => Promise<void>>;
  /** Cuts delays short when the sandbox closes. */
  readonly closing: AbortSignal;
  /** Requests that are being worked, also those whose caller has gone. */
  readonly inHand: Set<Promise<unknown>>;
}
