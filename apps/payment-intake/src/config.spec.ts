import { EnvironmentError, readEnvironment } from '@longhaul/process-kit';
import { describe, expect, it } from 'vitest';
import { consumerVariables, lambdaVariables } from './config.ts';

const least = {
  PAYMENT_TOPIC_ARN: 'arn:aws:sns:eu-west-1:123456789012:payments',
  PAYMENT_DEAD_LETTER_QUEUE_URL: 'https://sqs.eu-west-1.amazonaws.com/123456789012/payments-dead',
  AWS_REGION: 'eu-west-1',
};
const readConsumerConfig = (given: NodeJS.ProcessEnv) => readEnvironment(consumerVariables, given);
const readLambdaConfig = (given: NodeJS.ProcessEnv) => readEnvironment(lambdaVariables, given);
const queue = { PAYMENT_QUEUE_URL: 'https://sqs.eu-west-1.amazonaws.com/123456789012/payments' };

describe('the environment', () => {
  it('with only the required variables has every default', () => {
    expect(readConsumerConfig({ ...least, ...queue, HEALTH_PORT: '' })).toMatchObject({
      ENABLE_SQS_CONSUMER: true,
      ENABLE_TEMPORAL_WORKFLOWS: true,
      INTAKE_POLLERS: 2,
      HEALTH_PORT: 9_464,
    });
    expect(readLambdaConfig(least)).toMatchObject({ ENABLE_LAMBDA_PROCESSING: true, ENABLE_TEMPORAL_WORKFLOWS: true });
  });

  it('of a Lambda needs none of the variables of the container', () => {
    expect(() => readLambdaConfig(least)).not.toThrow();
    expect(() => readConsumerConfig(least)).toThrow(
      'PAYMENT_QUEUE_URL is not set (the queue that the container polls)',
    );
  });

  it('reports all mistakes at once, each with variable, value and purpose', () => {
    const read = () =>
      readConsumerConfig({
        ...queue,
        PAYMENT_TOPIC_ARN: 'payments',
        INTAKE_POLLERS: '0',
        ENABLE_SQS_CONSUMER: 'perhaps',
      });
    expect(read).toThrow(EnvironmentError);
    expect(read).toThrow(/PAYMENT_TOPIC_ARN must be the ARN of an SNS topic \[payments\] \(the topic whose/);
    expect(read).toThrow(/PAYMENT_DEAD_LETTER_QUEUE_URL is not set \(where messages go/);
    expect(read).toThrow(/AWS_REGION is not set/);
    expect(read).toThrow(/INTAKE_POLLERS .*\[0\]/);
    expect(read).toThrow(/ENABLE_SQS_CONSUMER .*\[perhaps\]/);
  });
});
