import type { Money } from '../../values.ts';

type PaymentState = 'processing' | 'completed' | ClosedPayment;
type ClosedPayment = 'declined' | 'failed' | 'cancelled' | 'invalid';
type ClosedTopUp = 'expired' | 'cancelled' | 'refused' | 'failed' | 'settled-by-hand';
type GatewayRefundState = 'pending' | 'processing' | 'processed' | 'failed' | 'needs-attention';
type GatewayTransactionState = 'abandoned' | 'pending' | 'success' | 'failed' | 'reversed';

/** The event that tells the merchant. Sequences of one payment count from 1, without a gap. */
interface Told {
  readonly eventId: string;
  readonly sequence: number;
}

/** What the payment service did for payments to merchants and for wallets. */
export type PaymentEffect =
  | {
      readonly effect: 'payment-opened';
      readonly paymentId: string;
      readonly user: string;
      readonly merchant: string;
      readonly money: Money;
    }
  | (Told & {
      readonly effect: 'payment-completed';
      readonly paymentId: string;
      readonly reference: string;
      readonly money: Money;
    })
  | (Told & {
      readonly effect: 'payment-closed';
      readonly paymentId: string;
      readonly state: ClosedPayment;
      readonly reason: string;
    })
  | {
      readonly effect: 'refund-requested';
      readonly paymentId: string;
      readonly refundId: string;
      readonly money: Money;
    }
  | (Told & {
      readonly effect: 'refund-settled';
      readonly paymentId: string;
      readonly refundId: string;
      readonly state: 'processed' | 'failed';
      readonly money: Money;
      readonly gatewayRefundId: string | null;
    })
  | {
      readonly effect: 'endpoint-marked';
      readonly merchant: string;
      readonly state: 'active' | 'failing' | 'disabled';
      readonly eventId: string | null;
      readonly reason: string | null;
    }
  | { readonly effect: 'top-up-opened'; readonly topUpId: string; readonly user: string; readonly money: Money }
  | { readonly effect: 'top-up-closed'; readonly topUpId: string; readonly state: ClosedTopUp }
  | {
      readonly effect: 'wallet-credited';
      readonly user: string;
      readonly topUpId: string;
      readonly reference: string;
      readonly money: Money;
      readonly late: boolean;
    }
  | {
      readonly effect: 'gateway-event-recorded';
      readonly event: string;
      readonly id: string;
      readonly reference: string;
      readonly concern: 'payment' | 'top-up' | 'none';
    }
  | { readonly effect: 'dispute-opened'; readonly disputeId: string; readonly reference: string }
  | {
      readonly effect: 'dispute-closed';
      readonly disputeId: string;
      readonly reference: string;
      readonly state: 'won' | 'lost';
    }
  | {
      readonly effect: 'invoice-issued';
      readonly invoiceId: string;
      readonly number: string;
      readonly user: string;
      readonly money: Money;
    };

/** What the payment service did for fares. */
export type FareEffect =
  | { readonly effect: 'charge-captured'; readonly chargeId: string; readonly user: string; readonly money: Money }
  | { readonly effect: 'charge-declined'; readonly chargeId: string; readonly user: string; readonly reason: string }
  | { readonly effect: 'charge-refunded'; readonly chargeId: string; readonly refundId: string; readonly money: Money }
  | { readonly effect: 'charge-voided'; readonly chargeId: string };

/** What strangers did: the card gateway, which honours no key, and the merchants' servers. */
export type StrangersEffect =
  | {
      readonly effect: 'card-charged';
      readonly reference: string;
      readonly user: string;
      readonly money: Money;
      /** `pending` is followed by another effect with `success`, which nobody asked for under a key. */
      readonly status: 'success' | 'failed' | 'pending';
    }
  | { readonly effect: 'checkout-opened'; readonly reference: string; readonly money: Money }
  | { readonly effect: 'checkout-paid'; readonly reference: string; readonly money: Money }
  | {
      readonly effect: 'card-refunded';
      readonly reference: string;
      readonly gatewayRefundId: string;
      readonly money: Money;
      readonly note: string | null;
    }
  | {
      readonly effect: 'refund-moved';
      readonly gatewayRefundId: string;
      readonly reference: string;
      readonly state: GatewayRefundState;
    }
  | {
      readonly effect: 'charge-disputed';
      readonly disputeId: string;
      readonly reference: string;
      readonly dueAt: string;
    }
  | { readonly effect: 'charge-dispute-resolved'; readonly disputeId: string; readonly reference: string }
  | {
      readonly effect: 'webhook-received';
      readonly merchant: string;
      readonly eventId: string | null;
      /** Seconds since 1970, as the headers had it; null when they had none. */
      readonly timestamp: number | null;
      /** SHA-256 of the bytes that came, in hex. */
      readonly bodyDigest: string;
      /** Signed with a secret of the merchant, within 5 minutes. */
      readonly valid: boolean;
      readonly type: string | null;
      readonly sequence: number | null;
      readonly paymentId: string | null;
    };

export interface PaymentRecord {
  readonly paymentId: string;
  readonly user: string;
  readonly merchant: string;
  readonly money: Money;
  readonly state: PaymentState;
  readonly reference: string | null;
  readonly refunds: readonly {
    readonly refundId: string;
    readonly money: Money;
    readonly state: 'reserved' | 'processed' | 'failed';
    readonly gatewayRefundId: string | null;
  }[];
}

export interface TopUpRecord {
  readonly topUpId: string;
  readonly user: string;
  readonly money: Money;
  readonly state: 'waiting' | 'credited' | ClosedTopUp;
  readonly openedAt: string;
}

/** A transaction as the card gateway has it. */
export interface GatewayTransaction {
  readonly reference: string;
  readonly user: string;
  /** What was paid; what was asked for when nothing was. */
  readonly money: Money;
  readonly status: GatewayTransactionState;
  readonly refunds: readonly {
    readonly id: string;
    readonly money: Money;
    readonly status: GatewayRefundState;
    readonly note: string | null;
  }[];
}

export interface MerchantEvent {
  readonly eventId: string;
  readonly merchant: string;
  readonly paymentId: string;
  readonly sequence: number;
  readonly type: string;
  /** SHA-256 of the body, in hex. */
  readonly bodyDigest: string;
}

/** One side of a posting in the double-entry ledger. Amounts are signed: debits positive, credits negative. */
export interface LedgerLine {
  readonly journalId: number;
  readonly account: string;
  readonly amount: number;
  readonly currency: string;
}

/** What is in the tables of the payment service and of the card gateway. */
export interface PaymentTables {
  readonly ledger: readonly LedgerLine[];
  readonly payments: readonly PaymentRecord[];
  readonly topUps: readonly TopUpRecord[];
  readonly gatewayTransactions: readonly GatewayTransaction[];
  readonly merchantEvents: readonly MerchantEvent[];
  /** Those that were ever marked; all others are active. */
  readonly endpoints: readonly { readonly merchant: string; readonly state: 'active' | 'failing' | 'disabled' }[];
  /** In the order of the chain, which need not be that of the ids. */
  readonly ledgerChain: readonly { readonly journalId: number; readonly hash: string }[];
}

export const paymentServices = ['payment', 'paystack', 'merchant', 'invoice'] as const;
