import { hourMs, minuteMs, type StepPolicies } from '@longhaul/workflow-kit';
import type { PaymentActivities } from '../activities.ts';

/** Who is asked when a run of this domain needs a person. */
export const operators = 'payment-operations';

/** What has been promised, or is owed: patient, and then a person is asked. */
const owed = { kind: 'keyed', patienceMs: 2 * hourMs, longestPauseMs: 5 * minuteMs } as const;
const lookUp = { kind: 'read', patienceMs: 2 * hourMs, longestPauseMs: 5 * minuteMs } as const;
const word = { kind: 'keyed', patienceMs: 24 * hourMs, longestPauseMs: 5 * minuteMs } as const;

/** Two or three calls in one attempt: who pays is looked up first, and what is taken already is looked up last. */
const severalCallsMs = 20_000;

export const paymentPolicies: StepPolicies<PaymentActivities> = {
  // Both can be taken back by a closing: a killed worker may have been further than its history tells.
  openPayment: { kind: 'keyed', fast: true, patienceMs: 3 * minuteMs },
  openTopUp: { kind: 'keyed', fast: true, patienceMs: minuteMs },

  // The gateway does nothing once for a key. Its reference keeps a charge from being made twice, and nothing keeps a refund.
  chargeCard: { kind: 'unsafe', patienceMs: minuteMs, attemptTimeoutMs: severalCallsMs },
  sendRefund: { kind: 'unsafe', patienceMs: minuteMs, attemptTimeoutMs: severalCallsMs },
  // Somebody is waiting for the page: a gateway that is away for a minute is told to them.
  openCheckout: { kind: 'keyed', patienceMs: minuteMs, attemptTimeoutMs: severalCallsMs, longestPauseMs: 5_000 },
  findCharge: lookUp,
  findRefund: lookUp,
  readRefund: lookUp,
  readDispute: lookUp,
  readConcern: lookUp,
  readPayment: lookUp,
  readTopUp: lookUp,
  readRequest: lookUp,

  // None is tried locally: what they tell a merchant or put into a wallet has to be on record as decided before.
  completePayment: { kind: 'keyed', patienceMs: 15 * minuteMs },
  closePayment: owed,
  requestRefund: { kind: 'keyed', patienceMs: 15 * minuteMs, attemptTimeoutMs: severalCallsMs },
  settleRefund: owed,
  creditWallet: owed,
  closeTopUp: owed,
  openDispute: owed,
  closeDispute: owed,
  issueInvoice: owed,

  sendReceipt: word,
  tellPayer: word,
  tellMerchant: word,
  // One try at the merchant's endpoint; what is repeated here is only our own part of it.
  sendWebhook: {
    kind: 'keyed',
    queue: 'payment-deliveries',
    patienceMs: hourMs,
    attemptTimeoutMs: 30_000,
    longestPauseMs: minuteMs,
  },
  markEndpoint: owed,
};
