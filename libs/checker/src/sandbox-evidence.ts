import { domainServices, type DomainEffect, type DomainTables } from './domains/effects.ts';

/**
 * Everything that the checker may read, except the runs: the sandbox provides it. The runs come from Temporal's histories.
 */
export interface SandboxEvidence extends DomainTables {
  readonly at: string;
  readonly journal: readonly JournalEntry[];
  readonly calls: readonly CallEntry[];
  readonly mails: readonly Mail[];
}

/** Something that a service did and has recorded. */
export type Effect =
  | DomainEffect
  | {
      readonly effect: 'notice-sent';
      readonly user: string;
      readonly template: string;
      readonly data: Readonly<Record<string, string>>;
      readonly messageId: string;
    };

export const services = [...domainServices, 'notification'] as const;
export type Service = (typeof services)[number];

export type JournalEntry = Effect & {
  /** One counter for the entries of all services. */
  readonly seq: number;
  readonly at: string;
  readonly service: Service;
  /** The `Idempotency-Key` of the call that caused it; null for what the service did on its own (a sweep). */
  readonly key: string | null;
  readonly correlationId: string | null;
};

/** One request that reached a service, whatever its result. */
export interface CallEntry {
  readonly seq: number;
  readonly at: string;
  readonly service: Service;
  readonly route: string;
  readonly key: string | null;
  /** Counts the requests with the same service, route and key, from 1. */
  readonly attempt: number;
  readonly correlationId: string | null;
  /** The status that was sent; null if the answer was dropped. */
  readonly status: number | null;
  /** The fault that the fault plan injected, if any. */
  readonly fault: string | null;
}

export interface Mail {
  readonly messageId: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}
