import { inspect } from 'node:util';
import type { SandboxEvidence, Service } from '@longhaul/checker';
import type { DatabasePlace } from './database/queries.ts';
import type { FaultPlanInput } from './faults/fault-plan.ts';
import type { CallNotice, FaultListener, TimedCall } from './http/calls.ts';
import type { Link } from './pages/home.ts';

/** Where the card gateway's events go: an address, or a function that is given the bytes and answers with a status. */
export type WebhookTarget = string | ((rawBody: string, signature: string) => Promise<number>);

export interface SandboxOptions {
  /** Default: embedded, in memory. */
  readonly database?: DatabasePlace;
  /** Default: a free one. */
  readonly port?: number;
  /** The address to listen on. Default: this machine only. */
  readonly host?: string;
  /** Its URL for others, which is also the issuer in tokens. Default: the address on which it listens. */
  readonly publicUrl?: string;
  /**
   * Milliseconds since 1970. All times and expiries except those of tokens come from it. It is given the present call, if there is
   * one, because in specs each run has its own clock. Default: this machine's clock.
   */
  readonly clock?: (call?: TimedCall) => number | Promise<number>;
  /** Awaited when a call arrives, and again between its commit and its answer. Default: nothing. */
  readonly onCall?: (call: CallNotice) => void | Promise<void>;
  /**
   * Awaited before a fault is injected into a call. The function that it returns is called when the work of the call is done.
   * Default: nothing.
   */
  readonly onFault?: FaultListener;
  /** Called for internal errors of the sandbox. Default: writes them to stderr. */
  readonly onError?: (error: unknown) => void;
  /** Seats of every bus. Default: 40. */
  readonly seatsPerBus?: number;
  /** How often expired holds are ended and the states of refunds updated, in seconds. Default: never. */
  readonly sweepEverySeconds?: number;
  /** The secret key of the card gateway, for calls to it and for signing its events. Default: `sk_test_longhaul`. */
  readonly paystackSecret?: string;
  /** The URL for the card gateway's events. Default: none; they wait until `webhooksTo` is called. */
  readonly paystackWebhookUrl?: string;
  /** The time between two tries to send an event of the card gateway, in milliseconds. Default: 180,000. */
  readonly webhookRetryMs?: number;
  /** Additional links on the first page. Default: none. */
  readonly links?: readonly Link[];
}

/** The options with the defaults that services use. */
export type SandboxSettings = SandboxOptions & Required<Pick<SandboxOptions, keyof typeof defaults>>;

export const defaults = {
  seatsPerBus: 40,
  paystackSecret: 'sk_test_longhaul',
  webhookRetryMs: 180_000,
  onError: (error: unknown) => void process.stderr.write(`${inspect(error)}\n`),
} satisfies SandboxOptions;

export interface Sandbox {
  readonly url: string;
  /** The base URL of each service, for its client. */
  readonly urls: Readonly<Record<Service | 'issuer', string>>;
  evidence(): Promise<SandboxEvidence>;
  /** Resolves when no call is in progress, including those whose callers have disconnected. */
  quiet(): Promise<void>;
  readonly faults: { set(plan: FaultPlanInput): void; clear(): void };
  /** A bearer token for a user. `scope`: names separated by spaces. */
  token(sub: string, scope?: string): Promise<string>;
  /** Frees the seats of expired holds, and returns their number. */
  sweep(): Promise<number>;
  /** Deletes all stored idempotency keys, as services do after some time. Their effects stay. */
  forgetKeys(): Promise<void>;
  /** Updates the states of the card gateway's refunds, and returns the number of changes. */
  moveRefunds(): Promise<number>;
  /** Pays a checkout: the requested amount, or `amount` in minor units. */
  pay(reference: string, options?: { readonly amount?: number }): Promise<void>;
  /** Sets the target for the card gateway's events, including waiting ones. */
  webhooksTo(target: WebhookTarget): void;
  /** `drained` resolves when sending has been tried for all due events. */
  readonly webhooks: { drained(): Promise<void> };
  close(): Promise<void>;
}
