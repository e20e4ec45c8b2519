import { SQSClient } from '@aws-sdk/client-sqs';
import { connect, connectionFromEnvironment, type Longhaul } from '@longhaul/client';
import { pino, type Logger } from 'pino';
import { ConfigError, type SharedConfig } from './config.ts';

const connectWithinMs = 2_000;
const answerWithinMs = 5_000;

/** SQS, at AWS or where \`AWS_ENDPOINT_URL\` says; the client reads that by itself. */
export function sqsOf({ AWS_REGION: region }: SharedConfig): SQSClient {
  return new SQSClient({
    region,
    maxAttempts: 3,
    // Without the last one a deadline that has passed is only logged.
    requestHandler: {
      connectionTimeout: connectWithinMs,
      requestTimeout: answerWithinMs,
      throwOnRequestTimeout: true,
    },
  });
}

export function longhaulOf(config: SharedConfig, environment: NodeJS.ProcessEnv): Longhaul {
  return connect({ ...temporalSettings(environment), enabled: config.ENABLE_TEMPORAL_WORKFLOWS });
}

function temporalSettings(environment: NodeJS.ProcessEnv) {
  try {
    return connectionFromEnvironment(environment);
  } catch (cause) {
    throw new ConfigError(`The TEMPORAL_ variables cannot be used: ${(cause as Error).message}`, { cause });
  }
}

export function createLog(level: string): Logger {
  return pino({ level, base: { service: 'payment-intake' }, timestamp: pino.stdTimeFunctions.isoTime });
}
