import { ProcessPayment } from '@longhaul/contracts';
import { killMatrix } from '@longhaul/testing';
import { processPaymentReads, processPaymentScenarios } from './scenarios.fixture.ts';

killMatrix({
  contract: ProcessPayment,
  worker: 'payment-worker',
  scenarios: processPaymentScenarios,
  reads: processPaymentReads,
});
