import type { Logger } from 'pino';
import { ConfigError, readConsumerConfig, type ConsumerConfig } from './config.ts';
import { createConsumer } from './consumer.ts';
import { deadLetterQueue } from './dead-letters.ts';
import { serveHealth, type HealthSigns } from './health.ts';
import { createLog, longhaulOf, sqsOf } from './house.ts';
import { intake } from './intake.ts';
import { paymentQueue } from './queue.ts';
import { createTally } from './tally.ts';

/** The exit code for a configuration that cannot work (sysexits.h). */
const configurationExit = 78;

/** Another process listens there already. */
class PortTaken extends Error {
  override readonly name = 'PortTaken';
}

/** Polls the queue until SIGTERM or SIGINT, then settles what is in hand. The process ends with this call. */
export async function runConsumer(environment: NodeJS.ProcessEnv): Promise<never> {
  let log = createLog('info');
  try {
    const config = readConsumerConfig(environment);
    log = createLog(config.LOG_LEVEL);
    await serve(config, environment, log);
    process.exit(0);
  } catch (error) {
    const expected = error instanceof ConfigError || error instanceof PortTaken;
    log.fatal(expected ? {} : { err: error }, expected ? error.message : 'The payment intake has failed');
    process.exit(error instanceof ConfigError ? configurationExit : 1);
  }
}

async function serve(config: ConsumerConfig, environment: NodeJS.ProcessEnv, log: Logger): Promise<void> {
  const stop = onStopSignal(log);
  const tally = createTally();
  const longhaul = longhaulOf(config, environment);
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
  const health = await openHealthPort(config, { unready, metrics: () => tally.text() });
  log.info({ healthPort: health.port }, 'Health and metrics are served');
  if (idle === undefined) {
    log.info({ queue: config.PAYMENT_QUEUE_URL, pollers: config.INTAKE_POLLERS }, 'Polling');
    await consumer.run(stop);
  } else {
    log.warn(idle);
    await toldToStop(stop);
  }
  health.server.closeAllConnections();
  health.server.close();
  await longhaul.close();
  sqs.destroy();
  log.info('Drained');
}

/** Messages that nobody may start stay where they are: polled in vain, they would end in the dead-letter queue. */
function switchedOff(config: ConsumerConfig): string | undefined {
  if (!config.ENABLE_SQS_CONSUMER) return 'Switched off by ENABLE_SQS_CONSUMER: nothing is polled';
  if (!config.ENABLE_TEMPORAL_WORKFLOWS) return 'Switched off by ENABLE_TEMPORAL_WORKFLOWS: nothing is polled';
  return undefined;
}

function onStopSignal(log: Logger): AbortSignal {
  const stopping = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (!stopping.signal.aborted)
        log.info({ signal }, 'Draining: nothing more is polled, what is in hand is settled');
      stopping.abort();
    });
  }
  return stopping.signal;
}

function toldToStop(stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (stop.aborted) return resolve();
    stop.addEventListener('abort', () => resolve(), { once: true });
  });
}

async function openHealthPort({ HEALTH_HOST: host, HEALTH_PORT: port }: ConsumerConfig, signs: HealthSigns) {
  try {
    return await serveHealth(signs, host, port);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw cause;
    throw new PortTaken(`The health port is taken: set HEALTH_PORT to a free one [${port}]`, { cause });
  }
}
