import { createLog, readEnvironment } from '@longhaul/process-kit';
import type { SQSHandler } from 'aws-lambda';
import type { Logger } from 'pino';
import { lambdaEnvironment, lambdaVariables, type LambdaConfig } from './config.ts';
import { deadLetterQueue } from './dead-letters.ts';
import { handBack, handleBatch } from './handle-batch.ts';
import { longhaulOf, service, sqsOf, temporalIn } from './connections.ts';
import { intake, type TakeMessage } from './intake.ts';

interface Setup {
  readonly config: LambdaConfig;
  readonly log: Logger;
  readonly take: TakeMessage;
}

/** Reused by later calls, with its connections. */
let setup: Setup | undefined;

/** Throws only if the environment is invalid, so that the whole batch is delivered again. */
export const handler = async (...[event, context]: Parameters<SQSHandler>) => {
  setup ??= setUp();
  const { config, log, take } = setup;
  if (config.ENABLE_LAMBDA_PROCESSING) return handleBatch(event, context, take, log);
  log.warn('Switched off by ENABLE_LAMBDA_PROCESSING: every message is given back');
  return handBack(event);
};

function setUp(): Setup {
  const environment = lambdaEnvironment();
  const config = readEnvironment(lambdaVariables, environment, undefined, temporalIn);
  const log = createLog(service, config.LOG_LEVEL);
  const take = intake({
    longhaul: longhaulOf(config, environment),
    deadLetters: deadLetterQueue(sqsOf(config), config.PAYMENT_DEAD_LETTER_QUEUE_URL),
    topicArn: config.PAYMENT_TOPIC_ARN,
    log,
  });
  return { config, log, take };
}
