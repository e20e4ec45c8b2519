import { Queue } from '@longhaul/contracts';
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
import { callContext, runWorker } from '@longhaul/worker-kit';
import { paymentActivities } from './activities.ts';
import { placesFor, placesOfOne } from './activities/places.ts';
import { deliveryActivities } from './activities/webhooks.ts';
import { variables } from './config.ts';

await runWorker({
  name: 'payment-worker',
  queue: Queue.payment,
  variables,
  workflows: {
    bundle: new URL('./workflows.js', import.meta.url),
    tracedBundle: new URL('./workflows.traced.js', import.meta.url),
  },
  activities: (environment, { observe }) => {
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
  },
  activityQueues: [
    {
      queue: Queue.paymentDeliveries,
      slots: ({ MAX_CONCURRENT_DELIVERIES }) => MAX_CONCURRENT_DELIVERIES,
      activities: (environment, { observe }) => {
        const { PAYMENT_SERVICE_URL: baseUrl, SERVICE_TIMEOUT_MS: timeoutMs } = environment;
        return deliveryActivities(
          {
            merchants: merchantsService(createHttp({ service: 'payment', baseUrl, timeoutMs, observe })),
            sender: webhookSender({ allowLoopback: environment.ALLOW_LOOPBACK_WEBHOOKS, observe }),
          },
          placesFor(placesOfOne(environment.MAX_CONCURRENT_DELIVERIES)),
          callContext,
        );
      },
    },
  ],
});
