import type {
  GatewayTransaction,
  MerchantEvent,
  PaymentEffect,
  PaymentRecord,
  StrangersEffect,
  TopUpRecord,
} from './payment-effects.ts';

/**
 * What a run leaves on the outside: all that the checker may look at. The sandbox gives everything but the runs, which
 * come from Temporal's histories.
 */
export interface Money {
  readonly amount: number;
  readonly currency: string;
}

export interface Trip {
  readonly bus: string;
  readonly departureAt: string;
}

/** What a seat costs a user until it expires, for one hold. */
export interface Quote {
  readonly quoteId: string;
  readonly user: string;
  readonly trip: Trip;
  readonly segment: { readonly from: string; readonly to: string };
  readonly fare: Money;
  readonly expiresAt: string;
}

/** What a service did, and remembers for ever. `existed: false` marks an undo that found nothing to take back. */
export type Effect =
  | PaymentEffect
  | StrangersEffect
  | ({ readonly effect: 'quote-made' } & Quote)
  | {
      readonly effect: 'seat-held';
      readonly holdId: string;
      readonly quoteId: string;
      readonly trip: Trip;
      readonly seat: string;
      readonly user: string;
      readonly expiresAt: string;
    }
  | { readonly effect: 'hold-renewed'; readonly holdId: string; readonly expiresAt: string }
  | { readonly effect: 'hold-lapsed'; readonly holdId: string; readonly trip: Trip; readonly seat: string }
  | {
      readonly effect: 'seat-released';
      readonly holdId: string;
      readonly trip: Trip | null;
      readonly seat: string | null;
      readonly existed: boolean;
    }
  | {
      readonly effect: 'booking-confirmed';
      readonly bookingId: string;
      readonly holdId: string;
      readonly chargeId: string;
      readonly trip: Trip;
      readonly seat: string;
      readonly user: string;
      readonly fare: Money;
      readonly reference: string;
    }
  | { readonly effect: 'booking-cancelled'; readonly bookingId: string; readonly existed: boolean }
  | { readonly effect: 'charge-captured'; readonly chargeId: string; readonly user: string; readonly money: Money }
  | { readonly effect: 'charge-declined'; readonly chargeId: string; readonly user: string; readonly reason: string }
  | { readonly effect: 'charge-refunded'; readonly chargeId: string; readonly refundId: string; readonly money: Money }
  | { readonly effect: 'charge-voided'; readonly chargeId: string }
  | { readonly effect: 'passenger-listed'; readonly bookingId: string; readonly trip: Trip; readonly seat: string }
  | { readonly effect: 'passenger-removed'; readonly bookingId: string; readonly trip: Trip; readonly existed: boolean }
  | {
      readonly effect: 'notice-sent';
      readonly user: string;
      readonly template: string;
      readonly data: Readonly<Record<string, string>>;
      readonly messageId: string;
    };

export const services = ['booking', 'payment', 'fleet', 'notification', 'paystack', 'merchant', 'invoice'] as const;
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

/** One side of a posting in the double-entry ledger. Amounts are signed: debits positive, credits negative. */
export interface LedgerLine {
  readonly journalId: number;
  readonly account: string;
  readonly amount: number;
  readonly currency: string;
}

export interface SeatClaim {
  readonly holdId: string;
  readonly trip: Trip;
  readonly seat: string;
  readonly state: 'held' | 'confirmed';
  readonly expiresAt: string | null;
}

export interface Mail {
  readonly messageId: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

export interface SandboxEvidence {
  readonly at: string;
  readonly journal: readonly JournalEntry[];
  readonly calls: readonly CallEntry[];
  readonly ledger: readonly LedgerLine[];
  /** Claims alive at the end. */
  readonly claims: readonly SeatClaim[];
  readonly capacity: readonly { readonly trip: Trip; readonly seats: number }[];
  readonly manifests: readonly { readonly trip: Trip; readonly bookingId: string; readonly seat: string }[];
  readonly mails: readonly Mail[];
  readonly payments: readonly PaymentRecord[];
  readonly topUps: readonly TopUpRecord[];
  readonly gatewayTransactions: readonly GatewayTransaction[];
  readonly merchantEvents: readonly MerchantEvent[];
  /** Those that were ever marked; all others are active. */
  readonly endpoints: readonly { readonly merchant: string; readonly state: 'active' | 'failing' | 'disabled' }[];
  /** In the order of the chain, which need not be that of the ids. */
  readonly ledgerChain: readonly { readonly journalId: number; readonly hash: string }[];
}
