import { RedeliverWebhook } from '@longhaul/contracts';
import { killMatrix } from '@longhaul/testing';
import { redeliverWebhookReads, redeliverWebhookScenarios } from './webhook-scenarios.fixture.ts';

killMatrix({
  contract: RedeliverWebhook,
  worker: 'payment-worker',
  scenarios: redeliverWebhookScenarios,
  reads: redeliverWebhookReads,
  numbered: ['markEndpoint', 'tellMerchant'],
});
