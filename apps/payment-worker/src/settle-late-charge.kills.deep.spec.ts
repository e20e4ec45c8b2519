import { SettleLateCharge } from '@longhaul/contracts';
import { killMatrix } from '@longhaul/testing';
import { settleLateChargeReads, settleLateChargeScenarios } from './scenarios.fixture.ts';

killMatrix({
  contract: SettleLateCharge,
  worker: 'payment-worker',
  scenarios: settleLateChargeScenarios,
  reads: settleLateChargeReads,
});
