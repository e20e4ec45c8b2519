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
  /** How others reach it, which is what tokens name as their issuer. Default: the address it listens on. */
  readonly publicUrl?: string;
  /**
   * Milliseconds since 1970. All moments and all expiry follow it, but for the tokens. It is told of the call that asks, if
   * there is one: where runs skip time, each has a clock of its own. Default: this machine's clock.
   */
  readonly clock?: (call?: TimedCall) => number | Promise<number>;
  /** Awaited before a call is looked at, and again between its commit and its answer. Default: nothing. */
  readonly onCall?: (call: CallNotice) => void | Promise<void>;
  /**
   * Told of each call that meets a fault, and awaited before the fault comes about. What it gives back is called when the
   * call's work is done. Default: nobody.
   */
  readonly onFault?: FaultListener;
  /** Told of errors that are the sandbox's own. Default: written to stderr. */
  readonly onError?: (error: unknown) => void;
  /** Seats of every bus. Default: 40. */
  readonly seatsPerBus?: number;
  /** How often lapsed holds are swept up and refunds moved on without being asked to, in seconds. Default: never. */
  readonly sweepEverySeconds?: number;
  /** What the card gateway is asked with, and signs its events with. Default: `sk_test_longhaul`. */
  readonly paystackSecret?: string;
  /** Where the card gateway's events go. Default: nowhere; they wait for `webhooksTo`. */
  readonly paystackWebhookUrl?: string;
  /** From one try of an event of the card gateway to the next, in milliseconds. Default: 180,000. */
  readonly webhookRetryMs?: number;
  /** What the first page leads to, beside the sandbox's own. Default: nothing. */
  readonly links?: readonly Link[];
}

/** The options that the services read, with their defaults. */
export type SandboxSettings = SandboxOptions & Required<Pick<SandboxOptions, keyof typeof defaults>>;

export const defaults = {
  seatsPerBus: 40,
  paystackSecret: 'sk_test_longhaul',
  webhookRetryMs: 180_000,
  onError: (error: unknown) => void process.stderr.write(`${inspect(error)}\n`),
} satisfies SandboxOptions;

export interface Sandbox {
  readonly url: string;
  /** The base URL of each service, as its client wants it. */
  readonly urls: Readonly<Record<Service | 'issuer', string>>;
  evidence(): Promise<SandboxEvidence>;
  /** Resolves when no call is in hand any more, also of those whose callers have gone. */
  quiet(): Promise<void>;
  readonly faults: { set(plan: FaultPlanInput): void; clear(): void };
  /** A bearer token for a user. `scope`: names with spaces between. */
  token(sub: string, scope?: string): Promise<string>;
  /** Frees the seats of holds whose time is over; says how many. */
  sweep(): Promise<number>;
  /** As a service does after a while: it no longer knows which keys it has seen, only what it made. */
  forgetKeys(): Promise<void>;
  /** Brings the card gateway's refunds to where they are by the clock; says how many steps they took. */
  moveRefunds(): Promise<number>;
  /** Pays a checkout: what was asked for, or `amount` in minor units. */
  pay(reference: string, options?: { readonly amount?: number }): Promise<void>;
  /** Where the card gateway's events go from now on, also those that wait. */
  webhooksTo(target: WebhookTarget): void;
  /** `drained` resolves when all events that were due have been sent, whatever became of them. */
  readonly webhooks: { drained(): Promise<void> };
  close(): Promise<void>;
}
