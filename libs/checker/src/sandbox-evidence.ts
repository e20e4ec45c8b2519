import { domainServices, type DomainEffect, type DomainTables } from './domains/effects.ts';

/**
 * What a run leaves on the outside: all that the checker may look at. The sandbox gives everything but the runs, which
 * come from Temporal's histories.
 */
export interface SandboxEvidence extends DomainTables {
  readonly at: string;
  readonly journal: readonly JournalEntry[];
  readonly calls: readonly CallEntry[];
  readonly mails: readonly Mail[];
}

/** What a service did, and remembers for ever. */
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
  /** Grows by one for each entry of any service. */
  readonly seq: number;
  readonly at: string;
  readonly service: Service;
  /** The `Idempotency-Key` that caused it; null for what the service did by itself (a sweep). */
  readonly key: string | null;
  readonly correlationId: string | null;
};

/** One request as it reached a service, whatever became of it. */
export interface CallEntry {
  readonly seq: number;
  readonly at: string;
  readonly service: Service;
  readonly route: string;
  readonly key: string | null;
  /** Counts the requests with this service, route and key, from 1. */
  readonly attempt: number;
  readonly correlationId: string | null;
  /** The status that was sent; null when the answer was dropped. */
  readonly status: number | null;
  /** The fault that the plan put in, if any. */
  readonly fault: string | null;
}

export interface Mail {
  readonly messageId: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}
