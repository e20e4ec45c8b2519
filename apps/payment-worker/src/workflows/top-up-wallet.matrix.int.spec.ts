import { SettleLateCharge, TopUpWallet } from '@longhaul/contracts';
import { faultMatrix } from '@longhaul/testing';
import { paymentWorkers } from '../payment.fixture.ts';
import {
  settleLateChargeReads,
  settleLateChargeScenarios,
  topUpWalletReads,
  topUpWalletScenarios,
} from '../scenarios.fixture.ts';

faultMatrix({
  contract: TopUpWallet,
  workers: paymentWorkers,
  scenarios: topUpWalletScenarios,
  reads: topUpWalletReads,
  numbered: ['openCheckout'],
});

faultMatrix({
  contract: SettleLateCharge,
  workers: paymentWorkers,
  scenarios: settleLateChargeScenarios,
  reads: settleLateChargeReads,
});
