import { ProcessPayment } from '@longhaul/contracts';
import { faultMatrix } from '@longhaul/testing';
import { paymentWorkers } from '../payment.fixture.ts';
import { processPaymentReads, processPaymentScenarios } from '../scenarios.fixture.ts';

faultMatrix({
  contract: ProcessPayment,
  workers: paymentWorkers,
  scenarios: processPaymentScenarios,
  reads: processPaymentReads,
});
