import { connect, connectionFromEnvironment } from '@longhaul/client';
import { ProcessPayment } from '@longhaul/contracts';
import { listenOn, readByLibrary, serveHealth, toldToStop, type Running } from '@longhaul/process-kit';
import { bookingService, createHttp, gatewayEventsService, paymentsService } from '@longhaul/service-clients';
import { authenticator } from './access/authenticate.ts';
import { recordOwners } from './access/owner.ts';
import type { Config } from './config.ts';
import { createGateway } from './gateway.ts';
import { readiness } from './health.ts';
import { gatewayMetrics } from './metrics.ts';
import { paymentPublisher } from './publish-payment.ts';

export const temporalIn = (given: NodeJS.ProcessEnv) =>
  readByLibrary('The TEMPORAL_ variables', () => connectionFromEnvironment(given));

/** Serves until it is told to stop, and then answers the open requests. */
export async function serve(config: Config, { log, stop, given }: Running): Promise<void> {
  const enabled = config.ENABLE_TEMPORAL_WORKFLOWS;
  const metrics = gatewayMetrics();
  const client = connect({ ...temporalIn(given), enabled });
  const longhaul = metrics.timed(client);
  const http = (service: string, baseUrl: string) =>
    createHttp({ service, baseUrl, timeoutMs: config.SERVICE_TIMEOUT_MS, observe: metrics.observe });
  const payment = http('payment', config.PAYMENT_SERVICE_URL);
  const { PAYSTACK_SECRET_KEY: secretKey, ENABLE_SNS_PUBLISHING: publishing, PAYMENT_TOPIC_ARN: topic } = config;
  if (secretKey === undefined) log.warn('PAYSTACK_SECRET_KEY is not set: webhooks of Paystack are answered with 404');
  const app = await createGateway({
    longhaul,
    enabled,
    log,
    metrics,
    authenticate: authenticator({
      issuer: config.GATEWAY_ISSUER,
      audience: config.GATEWAY_AUDIENCE,
      jwksUrl: config.GATEWAY_JWKS_URL,
    }),
    recordOwners: recordOwners({
      bookings: bookingService(http('booking', config.BOOKING_SERVICE_URL)),
      payments: paymentsService(payment),
    }),
    waysToStart: publishing && topic ? [{ contract: ProcessPayment, start: paymentPublisher(longhaul, topic) }] : [],
    paystack: secretKey === undefined ? undefined : { secretKey, events: gatewayEventsService(payment) },
    requestsPerMinute: config.GATEWAY_REQUESTS_PER_MINUTE,
    longPolls: config.GATEWAY_LONG_POLLS,
    maxConnections: config.GATEWAY_MAX_CONNECTIONS,
  });
  const { GATEWAY_HOST: host, GATEWAY_PORT: port } = config;
  await listenOn('GATEWAY_PORT', port, () => app.listen({ host, port }));
  const unready = readiness({ longhaul, enabled });
  const health = await serveHealth(config, { unready, metrics: () => metrics.text() });
  log.info({ healthPort: health.port }, 'Health and metrics are served');
  await toldToStop(stop);
  log.info('Draining: what has been asked is answered');
  await app.close();
  health.close();
  await client.close();
}
