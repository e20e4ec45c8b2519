import type {
  PaymentFlaw,
  ProcessPaymentInput,
  ProcessPaymentOutcome,
  TopUpWalletInput,
  TopUpWalletOutcome,
} from '@longhaul/contracts';
import type { FoundPayment, FoundTopUp } from '../activities.ts';
import { sameMoney } from './process-payment.rules.ts';

/** How a payment ended, told without what was done about it since. */
export type PaymentEnd =
  | {
      readonly status: 'completed';
      readonly paymentId: string;
      readonly reference: string;
      readonly money: FoundPayment['money'];
    }
  | { readonly status: 'declined'; readonly reason: string }
  | { readonly status: 'invalid'; readonly reason: PaymentFlaw }
  | { readonly status: 'cancelled'; readonly reason: string }
  | { readonly status: 'failed'; readonly step: string; readonly code: string };

export const paymentMadeBefore = { status: 'failed', step: 'openPayment', code: 'made-before' } as const;

/** Whoever asks for another payment under the same id learns nothing of the first one. */
export function isOfPayment({ user, merchant, money }: ProcessPaymentInput, found: FoundPayment): boolean {
  return found.user === user && found.merchant === merchant && sameMoney(found.money, money);
}

/** What stands in the record of a payment that has ended. */
export function endOfPayment(found: FoundPayment): PaymentEnd {
  const { state, paymentId, money, reference, reason } = found;
  const why = reason ?? 'unknown';
  switch (state) {
    case 'completed':
      return { status: state, paymentId, reference: reference ?? 'unknown', money };
    case 'invalid':
      return { status: state, reason: why as PaymentFlaw };
    case 'declined':
    case 'cancelled':
      return { status: state, reason: why };
    case 'failed':
      return { status: state, step: 'openPayment', code: why };
    case 'processing':
      return paymentMadeBefore;
  }
}

/** What a run answers that finds how an earlier one has ended. */
export function paymentAnswer(request: ProcessPaymentInput, found: FoundPayment | undefined): ProcessPaymentOutcome {
  const same = found && isOfPayment(request, found) ? found : undefined;
  const end = same ? endOfPayment(same) : paymentMadeBefore;
  const eventId = same?.eventId ?? null;
  return end.status === 'cancelled' || end.status === 'failed'
    ? { ...end, refunded: null, eventId }
    : { ...end, eventId };
}

/** Whoever asks for another top-up under the same id learns nothing of the first one. */
export function isOfTopUp({ userId, money }: TopUpWalletInput, found: FoundTopUp): boolean {
  return found.userId === userId && sameMoney(found.money, money);
}

export const topUpMadeBefore = { status: 'failed', step: 'openTopUp', code: 'made-before' } as const;

/** What stands in the record of a top-up that has ended. Its papers were handed over, or not, by the run that ended it. */
export function endOfTopUp({ state, money, reference }: FoundTopUp, ownReference: string): TopUpWalletOutcome {
  const reason = 'An earlier run of this request decided it';
  switch (state) {
    case 'credited':
      return { status: state, reference: reference ?? ownReference, credited: money, invoice: null, receipt: 'none' };
    case 'expired':
      return { status: state, reference: ownReference };
    case 'cancelled':
      return { status: state, reason, refunded: null };
    case 'refused':
      return { status: state, reason };
    case 'settled-by-hand':
      return { status: state, reference: ownReference, by: 'unknown', note: reason };
    case 'failed':
    case 'waiting':
      return { ...topUpMadeBefore, refunded: null };
  }
}

/** What a run answers that finds how an earlier one has ended. */
export function topUpAnswer(
  request: TopUpWalletInput,
  found: FoundTopUp | undefined,
  ownReference: string,
): TopUpWalletOutcome {
  return found && isOfTopUp(request, found) ? endOfTopUp(found, ownReference) : { ...topUpMadeBefore, refunded: null };
}
