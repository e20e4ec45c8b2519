import { idWithPrefix } from '../contract.ts';
import { ownedKey } from '../values.ts';

/** A payment's id, made from the payer's key. */
export const paymentIdOf = (payment: { readonly user: string; readonly paymentId: string }): string =>
  ownedKey(payment.user, payment.paymentId);

/** The id of the run that makes a payment. */
export const paymentRunId = idWithPrefix<string>('payment-', (paymentId) => paymentId);

/** A top-up's id, made from the key of the wallet's owner. */
export const topUpIdOf = (topUp: { readonly userId: string; readonly topUpId: string }): string =>
  ownedKey(topUp.userId, topUp.topUpId);

/** The id of the run that tops up a wallet. */
export const topUpRunId = idWithPrefix<string>('top-up-', (topUpId) => topUpId);

/**
 * The reference of a run's charge at the card gateway: the id of the run with characters that Paystack allows (no "_") and,
 * from the second checkout of a run on, its number. A webhook has only this reference, so it must give the id of the run.
 */
export const chargeReference = {
  of: (workflowId: string, checkout = 1): string =>
    workflowId.replaceAll('_', '=') + (checkout > 1 ? `..${checkout}` : ''),

  /** The id of the run in a reference. Accepts any text: the run need not exist. */
  runOf: (reference: string): string => reference.replace(/\.\.\d+$/, '').replaceAll('=', '_'),
};
