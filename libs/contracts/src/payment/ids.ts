import { idWithPrefix } from '../contract.ts';
import { ownedKey } from '../values.ts';

/** A payment's id, made from the payer's key. */
export const paymentIdOf = (wish: { readonly user: string; readonly paymentId: string }): string =>
  ownedKey(wish.user, wish.paymentId);

/** The id of the run that makes a payment. */
export const paymentRunId = idWithPrefix<string>('payment-', (paymentId) => paymentId);

/** A top-up's id, made from the key of the wallet's owner. */
export const topUpIdOf = (wish: { readonly userId: string; readonly topUpId: string }): string =>
  ownedKey(wish.userId, wish.topUpId);

/** The id of the run that tops up a wallet. */
export const topUpRunId = idWithPrefix<string>('top-up-', (topUpId) => topUpId);

/**
 * The reference under which a run's charge is known at the card gateway: the run's id in the letters that Paystack takes
 * (no "_"), and from the second checkout of a run on, its number. It is read back when the gateway tells us of a charge.
 */
export const chargeReference = {
  of: (workflowId: string, checkout = 1): string =>
    workflowId.replaceAll('_', '=') + (checkout > 1 ? `..${checkout}` : ''),

  /** The id of the run that a reference belongs to. Any text is read: whether there is such a run is for others to say. */
  runOf: (reference: string): string => reference.replace(/\.\.\d+$/, '').replaceAll('=', '_'),
};
