import { Queue } from '@longhaul/contracts';
import type { Values } from '@longhaul/process-kit';
import {
  createHttp,
  disputesService,
  invoiceService,
  merchantsService,
  notificationService,
  paymentsService,
  paystackGateway,
  paystackHttp,
  walletsService,
  webhookSender,
} from '@longhaul/service-clients';
import { callContext, type Kit } from '@longhaul/worker-kit';
import { paymentActivities } from './activities.ts';
import { placesFor, placesOfOne, type Places } from './activities/places.ts';
import { deliveryActivities } from './activities/webhooks.ts';
import type { variables } from './config.ts';

type Environment = Values<typeof variables>;

interface DeliveryOptions {
  /** Limits the concurrent tries at one merchant's endpoint. Default: a tenth of all slots. */
  readonly places?: Places;
  /** The time-out of calls to a merchant's endpoint, in milliseconds. Default: that of the sender. */
  readonly merchantTimeoutMs?: number;
}

/** The activities of this worker for each of its queues, with the services from the environment. */
export const wiring = {
  [Queue.payment]: (environment: Environment, kit: Kit) => ({
    ...paymentSteps(environment, kit),
  }),

  [Queue.paymentDeliveries]: (
    environment: Environment,
    { observe }: Kit,
    { places = placesFor(placesOfOne(environment.MAX_CONCURRENT_DELIVERIES)), merchantTimeoutMs }: DeliveryOptions = {},
  ) => {
    const { PAYMENT_SERVICE_URL: baseUrl, SERVICE_TIMEOUT_MS: timeoutMs } = environment;
    return deliveryActivities(
      {
        merchants: merchantsService(createHttp({ service: 'payment', baseUrl, timeoutMs, observe })),
        sender: webhookSender({
          allowLoopback: environment.ALLOW_LOOPBACK_WEBHOOKS,
          observe,
          ...(merchantTimeoutMs !== undefined && { timeoutMs: merchantTimeoutMs }),
        }),
      },
      places,
      callContext,
    );
  },
};

function paymentSteps(environment: Environment, { observe }: Kit) {
  const timeoutMs = environment.SERVICE_TIMEOUT_MS;
  const http = (service: string, baseUrl: string) => createHttp({ service, baseUrl, timeoutMs, observe });
  const payment = http('payment', environment.PAYMENT_SERVICE_URL);
  const paystack = { baseUrl: environment.PAYSTACK_URL, secretKey: environment.PAYSTACK_SECRET_KEY };
  return paymentActivities(
    {
      gateway: paystackGateway(paystackHttp({ ...paystack, timeoutMs, observe })),
      payments: paymentsService(payment),
      disputes: disputesService(payment),
      wallets: walletsService(payment),
      merchants: merchantsService(payment),
      invoices: invoiceService(http('invoice', environment.INVOICE_SERVICE_URL)),
      notification: notificationService(http('notification', environment.NOTIFICATION_SERVICE_URL)),
    },
    callContext,
  );
}
