import type { CallContext } from './http.ts';
import type { Money } from './values.ts';

/** The present state of a charge at the gateway. */
export type ChargeState =
  | ({ readonly status: 'success' } & Paid)
  /** Paid, and refunded in full. */
  | ({ readonly status: 'reversed' } & Paid)
  | { readonly status: 'failed'; readonly reason: string }
  /** Not paid, or the bank waits for a confirmation by the user. It can still be paid. */
  | { readonly status: 'unpaid' }
  | { readonly status: 'pending' };

interface Paid {
  readonly money: Money;
  readonly reference: string;
  /** The gateway's time. No refund of the charge is older. */
  readonly paidAt?: string;
}

export type CheckoutState =
  | { readonly status: 'open'; readonly authorizationUrl: string; readonly reference: string }
  /** The reference is in use. `find` shows whether an earlier call, whose answer was lost, has opened it. */
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

/** A payer's dispute of a charge at their bank. */
export interface DisputeState {
  /** `unanswered`: we have to answer by `dueAt`. `answered`: the bank has to decide. `declined`: the bank rejected the claim. */
  readonly status: 'unanswered' | 'answered' | 'declined' | 'accepted';
  /** ISO 8601. Undefined if the gateway does not give it. */
  readonly dueAt?: string;
}

/** The provider that charges cards. We choose the references; each belongs to one charge for ever. */
export interface CardGateway {
  /** Charges a saved card. If the reference was used before, nothing is charged, and the state of that charge is returned. */
  charge(
    request: {
      readonly reference: string;
      readonly email: string;
      /** The gateway's id of the saved card. */
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
      /** The page to which the user returns after paying. Default: the gateway's own page. */
      readonly callbackUrl?: string;
    },
    context: CallContext,
  ): Promise<CheckoutState>;

  /** Undefined if the gateway has no charge with this reference. */
  find(reference: string, context: CallContext): Promise<ChargeState | undefined>;

  /**
   * Not idempotent: for the gateway a second call is a second refund. Call it once; if the answer is lost, use `findRefund`
   * before calling it again. `findRefund` finds it by `note`, so use a different note for each refund.
   */
  refund(
    request: { readonly reference: string; readonly money: Money; readonly note: string },
    context: CallContext,
  ): Promise<RefundSent>;

  /**
   * Undefined only if the search was complete and there is no refund of this charge with this note. Without a note it finds any
   * refund of the charge that has not failed. `since`: the refund was not sent before this time, so the search ends there.
   * Default: when the charge was paid.
   */
  findRefund(
    request: { readonly reference: string; readonly note?: string; readonly since?: string },
    context: CallContext,
  ): Promise<RefundState | undefined>;

  readRefund(refundId: string, context: CallContext): Promise<RefundState>;

  readDispute(disputeId: string, context: CallContext): Promise<DisputeState>;
}
