import { RefundPayment } from '@longhaul/contracts';
import { killMatrix } from '@longhaul/testing';
import { refundPaymentReads, refundPaymentScenarios } from './scenarios.fixture.ts';

killMatrix({
  contract: RefundPayment,
  worker: 'payment-worker',
  scenarios: refundPaymentScenarios,
  reads: refundPaymentReads,
});
