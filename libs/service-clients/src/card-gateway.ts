import type { CallContext } from './http.ts';
import type { Money } from './values.ts';

/** What became of a charge, as the gateway says it now. */
export type ChargeState =
  | ({ readonly status: 'success' } & Paid)
  /** It was paid, and all of it was given back. */
  | ({ readonly status: 'reversed' } & Paid)
  | { readonly status: 'failed'; readonly reason: string }
  /** Nobody has paid, or the bank wants to hear from the user first. It can still be paid. */
  | { readonly status: 'unpaid' }
  | { readonly status: 'pending' };

interface Paid {
  readonly money: Money;
  readonly reference: string;
  /** As the gateway says. No refund of it is older. */
  readonly paidAt?: string;
}

export type CheckoutState =
  | { readonly status: 'open'; readonly authorizationUrl: string; readonly reference: string }
  /** The gateway knows this reference. Whether it was opened by a call whose answer was lost, `find` tells. */
  | { readonly status: 'taken' }
  | { readonly status: 'refused'; readonly reason: string };

export type RefundProgress = 'pending' | 'processing' | 'processed' | 'failed' | 'needs-attention';

export interface RefundState {
  /** The gateway's own id. */
  readonly refundId: string;
  readonly state: RefundProgress;
  readonly money: Money;
}

export type RefundSent =
  | { readonly status: 'accepted'; readonly refundId: string; readonly state: RefundProgress }
  | { readonly status: 'refused'; readonly reason: string };

/** A payer asks their bank for the money of a charge. */
export interface DisputeState {
  /** `unanswered`: we have to, by `dueAt`. `answered`: the bank has to decide. `declined`: the bank turned the claim down. */
  readonly status: 'unanswered' | 'answered' | 'declined' | 'accepted';
  /** ISO 8601. Undefined where the gateway does not say. */
  readonly dueAt?: string;
}

/** Whoever moves the money of cards. A reference is ours, and names one charge for good. */
export interface CardGateway {
  /** Charges a saved card. With a reference that was used before, nothing is charged: the answer is what became of it. */
  charge(
    request: {
      readonly reference: string;
      readonly email: string;
      /** The saved card, by the name that the gateway gave it. */
      readonly authorization: string;
      readonly money: Money;
    },
    context: CallContext,
  ): Promise<ChargeState>;

  /** Opens a page on which the user pays. */
  openCheckout(
    request: {
      readonly reference: string;
      readonly email: string;
      readonly money: Money;
      /** Where the user is sent after paying. Default: the gateway's own page. */
      readonly callbackUrl?: string;
    },
    context: CallContext,
  ): Promise<CheckoutState>;

  /** Undefined: the gateway knows of no such charge. */
  find(reference: string, context: CallContext): Promise<ChargeState | undefined>;

  /**
   * Not keyed: the gateway takes a second call for a second refund. Call it once; when its answer was lost, ask
   * `findRefund` before calling again. `note` is what `findRefund` knows it by: one note for one refund.
   */
  refund(
    request: { readonly reference: string; readonly money: Money; readonly note: string },
    context: CallContext,
  ): Promise<RefundSent>;

  /**
   * Undefined only when the gateway was searched to the end and has no refund of this charge with this note. Without a note:
   * any refund of the charge that has not failed. `since`: it was not sent before; the search ends there. Default: when the
   * charge was paid.
   */
  findRefund(
    request: { readonly reference: string; readonly note?: string; readonly since?: string },
    context: CallContext,
  ): Promise<RefundState | undefined>;

  readRefund(refundId: string, context: CallContext): Promise<RefundState>;

  readDispute(disputeId: string, context: CallContext): Promise<DisputeState>;
}
