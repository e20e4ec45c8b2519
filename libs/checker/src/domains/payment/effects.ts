import type { Money } from '../../values.ts';

type PaymentState = 'processing' | 'completed' | ClosedPayment;
type ClosedPayment = 'declined' | 'failed' | 'cancelled' | 'invalid';
type ClosedTopUp = 'expired' | 'cancelled' | 'refused' | 'failed' | 'settled-by-hand';
type GatewayRefundState = 'pending' | 'processing' | 'processed' | 'failed' | 'needs-attention';
type GatewayTransactionState = 'abandoned' | 'pending' | 'success' | 'failed' | 'reversed';

/** The event that notifies the merchant. The sequence numbers of a payment start at 1 and have no gaps. */
interface Told {
  readonly eventId: string;
  readonly sequence: number;
}

/** Effects of the payment service for payments to merchants and for wallets. */
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

/** Effects of the payment service for fares. */
export type FareEffect =
  | { readonly effect: 'charge-captured'; readonly chargeId: string; readonly user: string; readonly money: Money }
  | { readonly effect: 'charge-declined'; readonly chargeId: string; readonly user: string; readonly reason: string }
  | { readonly effect: 'charge-refunded'; readonly chargeId: string; readonly refundId: string; readonly money: Money }
  | { readonly effect: 'charge-voided'; readonly chargeId: string };

/** Effects outside our company: at the card gateway, which ignores idempotency keys, and on the merchants' servers. */
export type StrangersEffect =
  | {
      readonly effect: 'card-charged';
      readonly reference: string;
      readonly user: string;
      readonly money: Money;
      /** `pending` is followed by a second effect with `success`, which has no key. */
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
      /** Seconds since 1970, from the headers; null if they had none. */
      readonly timestamp: number | null;
      /** SHA-256 of the received body, in hex. */
      readonly bodyDigest: string;
      /** The signature is by a secret of the merchant and at most 5 minutes old. */
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

/** A transaction in the card gateway's table. */
export interface GatewayTransaction {
  readonly reference: string;
  readonly user: string;
  /** The amount paid, or the requested amount if nothing was paid. */
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

/** The tables of the payment service and of the card gateway. */
export interface PaymentTables {
  readonly ledger: readonly LedgerLine[];
  readonly payments: readonly PaymentRecord[];
  readonly topUps: readonly TopUpRecord[];
  readonly gatewayTransactions: readonly GatewayTransaction[];
  readonly merchantEvents: readonly MerchantEvent[];
  /** Endpoints whose state was ever set; all others are active. */
  readonly endpoints: readonly { readonly merchant: string; readonly state: 'active' | 'failing' | 'disabled' }[];
  /** In the order of the chain, which can differ from the order of the ids. */
  readonly ledgerChain: readonly { readonly journalId: number; readonly hash: string }[];
}

export const paymentServices = ['payment', 'paystack', 'merchant', 'invoice'] as const;
