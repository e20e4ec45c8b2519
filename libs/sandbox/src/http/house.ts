import type { Database } from '../database/database.ts';
import type { FaultKind, FaultPlan } from '../faults/fault-plan.ts';
import type { Call } from './calls.ts';

export interface CallNotice extends Pick<Call, 'service' | 'route' | 'key' | 'attempt'> {
  readonly phase: 'before' | 'after';
}

/** The call for which somebody wants to know what time it is. */
export type TimedCall = Pick<Call, 'key' | 'correlationId'>;

export type FaultListener = (call: Call, kind: FaultKind) => Promise<(() => Promise<void>) | undefined>;

/** What all services of a sandbox share. */
export interface House {
  readonly database: Database;
  /** ISO 8601 in UTC. */
  readonly now: (call?: TimedCall) => Promise<string>;
  readonly faultPlan: () => FaultPlan;
  /** Awaited before a call is looked at, and again between its commit and its answer. */
  readonly onCall: (notice: CallNotice) => void | Promise<void>;
  /** Awaited before a fault comes about; what it gives back is called when the call's work is done. */
  readonly onFault: FaultListener;
  /** Cuts delays short when the sandbox closes. */
  readonly closing: AbortSignal;
  /** Requests that are being worked, also those whose caller has gone. */
  readonly inHand: Set<Promise<unknown>>;
}
