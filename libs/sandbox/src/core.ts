import type { Database } from './database/queries.ts';
import type { FaultPlan } from './faults/fault-plan.ts';
import type { CallNotice, FaultListener, TimedCall } from './http/calls.ts';
import type { SandboxSettings } from './options.ts';
import type { NoticeTexts } from './services/notification/notice-texts.ts';
import type { TypedFailures } from './typed-failures.ts';

/** What all services of a sandbox share. */
export interface SandboxCore extends TypedFailures {
  readonly settings: SandboxSettings;
  readonly database: Database;
  /** ISO 8601 in UTC. */
  readonly now: (call?: TimedCall) => Promise<string>;
  /** How others reach the sandbox. Known when it listens. */
  readonly publicUrl: () => string;
  /** What users get to read, of all services. */
  readonly noticeTexts: NoticeTexts;
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
