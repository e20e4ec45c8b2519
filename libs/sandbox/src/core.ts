import type { Database } from './database/queries.ts';
import type { FaultPlan } from './faults/fault-plan.ts';
import type { CallNotice, FaultListener, TimedCall } from './http/calls.ts';
import type { SandboxSettings } from './options.ts';
import type { NoticeTexts } from './services/notification/notice-texts.ts';
import type { TypedFailures } from './typed-failures.ts';

/** Shared by all services of a sandbox. */
export interface SandboxCore extends TypedFailures {
  readonly settings: SandboxSettings;
  readonly database: Database;
  /** ISO 8601 in UTC. */
  readonly now: (call?: TimedCall) => Promise<string>;
  /** The URL of the sandbox. Known once it listens. */
  readonly publicUrl: () => string;
  /** The texts of notices of all services. */
  readonly noticeTexts: NoticeTexts;
  readonly faultPlan: () => FaultPlan;
  /** Awaited when a call arrives, and again between its commit and its answer. */
  readonly onCall: (notice: CallNotice) => void | Promise<void>;
  /** Awaited before a fault is injected; the function that it returns is called when the work of the call is done. */
  readonly onFault: FaultListener;
  /** Aborted when the sandbox closes, to end delays. */
  readonly closing: AbortSignal;
  /** Requests in progress, also those whose caller has disconnected. */
  readonly inHand: Set<Promise<unknown>>;
}
