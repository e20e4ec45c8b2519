import { idWithPrefix } from '../contract.ts';

/** The id of the run that makes a payment. */
export const paymentRunId = idWithPrefix<{ readonly paymentId: string }>('payment-', ({ paymentId }) => paymentId);

/** The id of the run that tops up a wallet. */
export const topUpRunId = idWithPrefix<{ readonly topUpId: string }>('top-up-', ({ topUpId }) => topUpId);

/**
 * The reference under which a run's charge is known at the card gateway: the run's id in the letters that Paystack takes
 * (no "_"), and from the second checkout of a run on, its number. It is read back when the gateway tells us of a charge.
 */
export const chargeReference = {
  of: (workflowId: string, checkout = 1): string =>
    workflowId.replaceAll('_', '=') + (checkout > 1 ? `.${checkout}` : ''),

  /** The id of the run that a reference belongs to. Any text is read: whether there is such a run is for others to say. */
  runOf: (reference: string): string => reference.replace(/\.\d+$/, '').replaceAll('=', '_'),
};
