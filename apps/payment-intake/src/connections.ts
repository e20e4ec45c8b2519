import { SQSClient } from '@aws-sdk/client-sqs';
import { connect, connectionFromEnvironment, type Longhaul } from '@longhaul/client';
import { readByLibrary } from '@longhaul/process-kit';
import type { SharedConfig } from './config.ts';

/** The name of Lambda and container in logs. */
export const service = 'payment-intake';

const connectWithinMs = 2_000;
const answerWithinMs = 5_000;

/** SQS at AWS, or at `AWS_ENDPOINT_URL`, which AWS's client reads itself. */
export function sqsOf({ AWS_REGION: region }: SharedConfig): SQSClient {
  return new SQSClient({
    region,
    maxAttempts: 3,
    // Without the last option, an exceeded deadline is only logged.
    requestHandler: {
      connectionTimeout: connectWithinMs,
      requestTimeout: answerWithinMs,
      throwOnRequestTimeout: true,
    },
  });
}

export const temporalIn = (environment: NodeJS.ProcessEnv) =>
  readByLibrary('The TEMPORAL_ variables', () => connectionFromEnvironment(environment));

export function longhaulOf(config: SharedConfig, environment: NodeJS.ProcessEnv): Longhaul {
  return connect({ ...temporalIn(environment), enabled: config.ENABLE_TEMPORAL_WORKFLOWS });
}
