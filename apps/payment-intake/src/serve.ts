import { serveHealth, toldToStop, type Running } from '@longhaul/process-kit';
import type { ConsumerConfig } from './config.ts';
import { createConsumer } from './consumer.ts';
import { deadLetterQueue } from './dead-letters.ts';
import { longhaulOf, sqsOf } from './connections.ts';
import { intake } from './intake.ts';
import { paymentQueue } from './queue.ts';
import { createTally } from './tally.ts';

/** Polls the queue until it is told to stop, and then settles the received messages. */
export async function serve(config: ConsumerConfig, { log, stop, given }: Running): Promise<void> {
  const tally = createTally();
  const longhaul = longhaulOf(config, given);
  const sqs = sqsOf(config);
  const consumer = createConsumer({
    queue: paymentQueue(sqs, config.PAYMENT_QUEUE_URL),
    take: intake({
      longhaul,
      deadLetters: deadLetterQueue(sqs, config.PAYMENT_DEAD_LETTER_QUEUE_URL),
      topicArn: config.PAYMENT_TOPIC_ARN,
      log,
      count: (outcome) => tally.count(outcome),
    }),
    longhaul,
    pollers: config.INTAKE_POLLERS,
    inOrder: config.PAYMENT_QUEUE_URL.endsWith('.fifo'),
    log,
  });

  const idle = switchedOff(config);
  const unready = () => (idle === undefined ? consumer.problem() : undefined);
  const health = await serveHealth(config, { unready, metrics: () => tally.text() });
  log.info({ healthPort: health.port }, 'Health and metrics are served');
  if (idle === undefined) {
    log.info({ queue: config.PAYMENT_QUEUE_URL, pollers: config.INTAKE_POLLERS }, 'Polling');
    await consumer.run(stop);
  } else {
    log.warn(idle);
    await toldToStop(stop);
  }
  health.close();
  await longhaul.close();
  sqs.destroy();
}

/** Why the queue is not polled. Polling without starting would move the messages to the dead-letter queue. */
function switchedOff(config: ConsumerConfig): string | undefined {
  if (!config.ENABLE_SQS_CONSUMER) return 'Switched off by ENABLE_SQS_CONSUMER: nothing is polled';
  if (!config.ENABLE_TEMPORAL_WORKFLOWS) return 'Switched off by ENABLE_TEMPORAL_WORKFLOWS: nothing is polled';
  return undefined;
}
