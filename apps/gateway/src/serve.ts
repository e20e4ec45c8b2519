import { connect, connectionFromEnvironment, type Longhaul } from '@longhaul/client';
import { bookingService, createHttp, gatewayEventsService, paymentsService } from '@longhaul/service-clients';
import type { FastifyInstance } from 'fastify';
import { pino, type Logger } from 'pino';
import { authenticator } from './access/authenticate.ts';
import { recordOwners } from './access/owner.ts';
import { ConfigError, readConfig, type Config } from './config.ts';
import { createGateway } from './gateway.ts';
import { paymentPublisher } from './publish-payment.ts';

/** The exit code for a configuration that cannot work (sysexits.h). */
const configurationExit = 78;

/** Another process listens there already. */
class PortTaken extends Error {
  override readonly name = 'PortTaken';
}

/** Runs the gateway until SIGTERM or SIGINT, then answers what has been asked and ends. */
export async function runGateway(environment: NodeJS.ProcessEnv): Promise<void> {
  let log = createLog('info');
  try {
    const config = readConfig(environment);
    log = createLog(config.LOG_LEVEL);
    await serve(config, environment, log);
  } catch (error) {
    const expected = error instanceof ConfigError || error instanceof PortTaken;
    log.fatal(expected ? {} : { err: error }, expected ? error.message : 'The gateway has failed');
    process.exitCode = error instanceof ConfigError ? configurationExit : 1;
  }
}

async function serve(config: Config, environment: NodeJS.ProcessEnv, log: Logger): Promise<void> {
  const enabled = config.ENABLE_TEMPORAL_WORKFLOWS;
  const longhaul = connect({ ...temporalSettings(environment), enabled });
  const http = (service: string, baseUrl: string) =>
    createHttp({ service, baseUrl, timeoutMs: config.SERVICE_TIMEOUT_MS });
  const payment = http('payment', config.PAYMENT_SERVICE_URL);
  const { PAYSTACK_SECRET_KEY: secretKey, ENABLE_SNS_PUBLISHING: publishing, PAYMENT_TOPIC_ARN: topic } = config;
  if (secretKey === undefined) log.warn('PAYSTACK_SECRET_KEY is not set: webhooks of Paystack are answered with 404');
  const app = await createGateway({
    longhaul,
    enabled,
    log,
    authenticate: authenticator({
      issuer: config.GATEWAY_ISSUER,
      audience: config.GATEWAY_AUDIENCE,
      jwksUrl: config.GATEWAY_JWKS_URL,
    }),
    recordOwners: recordOwners(bookingService(http('booking', config.BOOKING_SERVICE_URL)), paymentsService(payment)),
    publishPayment: publishing && topic ? paymentPublisher(longhaul, topic) : undefined,
    paystack: secretKey === undefined ? undefined : { secretKey, events: gatewayEventsService(payment) },
    requestsPerMinute: config.GATEWAY_REQUESTS_PER_MINUTE,
    maxConnections: config.GATEWAY_MAX_CONNECTIONS,
  });
  await listen(app, config);
  drainOnSignal(app, longhaul, log);
}

function temporalSettings(environment: NodeJS.ProcessEnv) {
  try {
    return connectionFromEnvironment(environment);
  } catch (cause) {
    throw new ConfigError(`The TEMPORAL_ variables cannot be used: ${(cause as Error).message}`, { cause });
  }
}

async function listen(app: FastifyInstance, { GATEWAY_HOST: host, GATEWAY_PORT: port }: Config): Promise<void> {
  try {
    await app.listen({ host, port });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw cause;
    throw new PortTaken(`The port is taken: set GATEWAY_PORT to a free one [${port}]`, { cause });
  }
}

function drainOnSignal(app: FastifyInstance, longhaul: Longhaul, log: Logger): void {
  let stopping = false;
  const drain = async (signal: string): Promise<void> => {
    log.info({ signal }, 'Draining: what has been asked is answered');
    await app.close();
    await longhaul.close();
    log.info('Drained');
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      drain(signal).catch((error: unknown) => {
        log.fatal({ err: error }, 'Could not drain');
        process.exit(1);
      });
    });
  }
}

function createLog(level: string): Logger {
  return pino({ level, base: { service: 'gateway' }, timestamp: pino.stdTimeFunctions.isoTime });
}
