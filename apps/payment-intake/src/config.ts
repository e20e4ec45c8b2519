import { flag, healthVariables, logLevel, topicArn, url, variable, wholeNumber } from '@longhaul/process-kit';
import type { Values } from '@longhaul/process-kit';
import { z } from 'zod';

/** The variables of both Lambda and container. The client reads the `TEMPORAL_…` variables, AWS's client its credentials. */
const sharedVariables = {
  PAYMENT_TOPIC_ARN: variable(topicArn, 'the topic whose notifications are taken; those of another are refused'),
  PAYMENT_DEAD_LETTER_QUEUE_URL: variable(url, 'where messages go that can never be taken, with the reason'),
  AWS_REGION: variable(z.string(), 'region of the queues'),
  AWS_ENDPOINT_URL: variable(url.optional(), 'where SQS is, if not at AWS; read by its client'),
  ENABLE_TEMPORAL_WORKFLOWS: variable(flag.default(true), 'false starts no payment'),
  LOG_LEVEL: variable(logLevel, 'least level that is logged'),
} as const;

export const consumerVariables = {
  ...sharedVariables,
  PAYMENT_QUEUE_URL: variable(url, 'the queue that the container polls'),
  ENABLE_SQS_CONSUMER: variable(flag.default(true), 'false polls nothing'),
  INTAKE_POLLERS: variable(
    wholeNumber(1, 50).default(2),
    'polls at a time; each takes up to ten messages and begins the next when they are settled',
  ),
  ...healthVariables,
} as const;

export const lambdaVariables = {
  ...sharedVariables,
  ENABLE_LAMBDA_PROCESSING: variable(flag.default(true), 'false gives every message back'),
} as const;

export type SharedConfig = Values<typeof sharedVariables>;
export type ConsumerConfig = Values<typeof consumerVariables>;
export type LambdaConfig = Values<typeof lambdaVariables>;

/** Lambda has no main module that could pass it. */
export const lambdaEnvironment = (): NodeJS.ProcessEnv => process.env;
