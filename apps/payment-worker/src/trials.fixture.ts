import {
  HandleDispute,
  ProcessPayment,
  RedeliverWebhook,
  RefundPayment,
  SettleLateCharge,
  TopUpWallet,
} from '@longhaul/contracts';
import type { Trial } from '@longhaul/testing';
import { handleDisputeReads, handleDisputeScenarios } from './dispute-scenarios.fixture.ts';
import { paymentWorkers } from './payment.fixture.ts';
import * as money from './scenarios.fixture.ts';
import { redeliverWebhookReads, redeliverWebhookScenarios } from './webhook-scenarios.fixture.ts';

const here = { worker: 'payment-worker', workers: paymentWorkers };

const processPayment: Trial<typeof ProcessPayment> = {
  ...here,
  contract: ProcessPayment,
  scenarios: money.processPaymentScenarios,
  reads: money.processPaymentReads,
};

const refundPayment: Trial<typeof RefundPayment> = {
  ...here,
  contract: RefundPayment,
  scenarios: money.refundPaymentScenarios,
  reads: money.refundPaymentReads,
};

const topUpWallet: Trial<typeof TopUpWallet> = {
  ...here,
  contract: TopUpWallet,
  scenarios: money.topUpWalletScenarios,
  reads: money.topUpWalletReads,
  numbered: ['openCheckout'],
};

const settleLateCharge: Trial<typeof SettleLateCharge> = {
  ...here,
  contract: SettleLateCharge,
  scenarios: money.settleLateChargeScenarios,
  reads: money.settleLateChargeReads,
};

const handleDispute: Trial<typeof HandleDispute> = {
  ...here,
  contract: HandleDispute,
  scenarios: handleDisputeScenarios,
  reads: handleDisputeReads,
};

const redeliverWebhook: Trial<typeof RedeliverWebhook> = {
  ...here,
  contract: RedeliverWebhook,
  scenarios: redeliverWebhookScenarios,
  reads: redeliverWebhookReads,
  numbered: ['markEndpoint', 'tellMerchant'],
};

/** The trial of each workflow of this worker, by type. */
export const trials = {
  processPayment,
  refundPayment,
  topUpWallet,
  settleLateCharge,
  handleDispute,
  redeliverWebhook,
};

/** `deliverWebhook` has the same story as `redeliverWebhook`. Only payments start it, so it has no trial of its own. */
export const sameStory = { deliverWebhook: 'redeliverWebhook' };
