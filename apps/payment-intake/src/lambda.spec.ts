import type { Context, SQSEvent } from 'aws-lambda';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { aMessage, paymentEvent, topicArn } from './intake.fixture.ts';

const { id: messageId, body } = aMessage('m-1', paymentEvent('p-1'));
const eventSourceARN = 'arn:aws:sqs:eu-west-1:123456789012:payments';
const event = {
  Records: [{ messageId, body, eventSourceARN, attributes: { ApproximateReceiveCount: '1' } }],
} as SQSEvent;
const context = { getRemainingTimeInMillis: () => 30_000 } as Context;

/** Loads the module anew, like a new instance of the function, which has not read its environment. */
async function newInstance() {
  vi.resetModules();
  const { handler } = await import('./lambda.ts');
  return () => handler(event, context, () => undefined);
}

beforeEach(() => {
  vi.stubEnv('PAYMENT_TOPIC_ARN', topicArn);
  vi.stubEnv('PAYMENT_DEAD_LETTER_QUEUE_URL', 'http://127.0.0.1:1/123456789012/dead');
  vi.stubEnv('AWS_REGION', 'eu-west-1');
  vi.stubEnv('LOG_LEVEL', 'error');
});
afterEach(() => {
  vi.unstubAllEnvs();
});

describe('the handler', () => {
  it('that is switched off returns every message', async () => {
    vi.stubEnv('ENABLE_LAMBDA_PROCESSING', 'false');
    const call = await newInstance();
    expect(await call()).toEqual({ batchItemFailures: [{ itemIdentifier: 'm-1' }] });
  });

  it('returns every message while starts are switched off', async () => {
    vi.stubEnv('ENABLE_TEMPORAL_WORKFLOWS', 'false');
    const call = await newInstance();
    expect(await call()).toEqual({ batchItemFailures: [{ itemIdentifier: 'm-1' }] });
  });

  it('throws at each call while its environment is invalid', async () => {
    vi.stubEnv('PAYMENT_TOPIC_ARN', 'payments');
    const call = await newInstance();
    await expect(call()).rejects.toThrow('PAYMENT_TOPIC_ARN must be the ARN of an SNS topic [payments]');
    await expect(call()).rejects.toThrow('The environment cannot be used');
  });
});
