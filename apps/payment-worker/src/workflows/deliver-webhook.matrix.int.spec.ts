import { RedeliverWebhook } from '@longhaul/contracts';
import { faultMatrix } from '@longhaul/testing';
import { paymentWorkers } from '../payment.fixture.ts';
import { redeliverWebhookReads, redeliverWebhookScenarios } from '../webhook-scenarios.fixture.ts';

faultMatrix({
  contract: RedeliverWebhook,
  workers: paymentWorkers,
  scenarios: redeliverWebhookScenarios,
  reads: redeliverWebhookReads,
  numbered: ['markEndpoint', 'tellMerchant'],
});
