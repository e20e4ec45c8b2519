import { HandleDispute } from '@longhaul/contracts';
import { killMatrix } from '@longhaul/testing';
import { handleDisputeReads, handleDisputeScenarios } from './dispute-scenarios.fixture.ts';

killMatrix({
  contract: HandleDispute,
  worker: 'payment-worker',
  scenarios: handleDisputeScenarios,
  reads: handleDisputeReads,
});
