import { HandleDispute } from '@longhaul/contracts';
import { faultMatrix } from '@longhaul/testing';
import { handleDisputeReads, handleDisputeScenarios } from '../dispute-scenarios.fixture.ts';
import { paymentWorkers } from '../payment.fixture.ts';

faultMatrix({
  contract: HandleDispute,
  workers: paymentWorkers,
  scenarios: handleDisputeScenarios,
  reads: handleDisputeReads,
});
