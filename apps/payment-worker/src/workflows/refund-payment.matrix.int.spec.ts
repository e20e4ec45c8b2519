import { RefundPayment } from '@longhaul/contracts';
import { faultMatrix } from '@longhaul/testing';
import { paymentWorkers } from '../payment.fixture.ts';
import { refundPaymentReads, refundPaymentScenarios } from '../scenarios.fixture.ts';

faultMatrix({
  contract: RefundPayment,
  workers: paymentWorkers,
  scenarios: refundPaymentScenarios,
  reads: refundPaymentReads,
});
