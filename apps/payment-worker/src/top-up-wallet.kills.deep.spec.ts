import { TopUpWallet } from '@longhaul/contracts';
import { killMatrix } from '@longhaul/testing';
import { topUpWalletReads, topUpWalletScenarios } from './scenarios.fixture.ts';

killMatrix({
  contract: TopUpWallet,
  worker: 'payment-worker',
  scenarios: topUpWalletScenarios,
  reads: topUpWalletReads,
  numbered: ['openCheckout'],
});
