import { randomUUID } from 'node:crypto';
import { Queue, type ProcessPaymentInput, type TopUpWalletInput } from '@longhaul/contracts';
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
import { bundleOf, type House, type Surroundings, type WorkerUnderTest } from '@longhaul/testing';
import { callContext } from '@longhaul/worker-kit';
import { paymentActivities } from './activities.ts';
import { placesFor, type Places } from './activities/places.ts';
import { deliveryActivities } from './activities/webhooks.ts';

/** Short, so that a call without an answer is given up soon. */
const shortMs = 700;
const secretKey = 'sk_test_longhaul';

interface PaymentWorkersOptions {
  /** How long a call waits for its answer, in milliseconds. Default: 700. */
  readonly timeoutMs?: number;
  /** How long a merchant's endpoint is waited for, in milliseconds. Default: `timeoutMs`. */
  readonly merchantTimeoutMs?: number;
  /** Activities at a time, on each of the two queues. Default: the SDK's 100. */
  readonly slots?: number;
  /** For the tries at one merchant's endpoint. Default: 10 at a time. */
  readonly places?: Places;
}

/** The payment worker with its two queues, at the sandbox. */
export async function paymentWorkers(options: PaymentWorkersOptions = {}): Promise<WorkerUnderTest[]> {
  const { timeoutMs = shortMs, merchantTimeoutMs = timeoutMs, slots, places = placesFor(10) } = options;
  const limit = slots === undefined ? {} : { slots };
  return [
    {
      queue: Queue.payment,
      bundle: await bundleOf(new URL('./workflows/index.ts', import.meta.url)),
      activities: ({ urls }) => activitiesAt(urls, timeoutMs),
      ...limit,
    },
    {
      queue: Queue.paymentDeliveries,
      activities: ({ urls }) =>
        deliveryActivities(
          {
            merchants: merchantsService(createHttp({ service: 'payment', baseUrl: urls.payment, timeoutMs })),
            sender: webhookSender({ allowLoopback: true, timeoutMs: merchantTimeoutMs }),
          },
          places,
          callContext,
        ),
      ...limit,
    },
  ];
}

/** The same, with other steps in the place of some on the payment queue. */
export async function paymentWorkersWith(
  instead: (activities: ReturnType<typeof activitiesAt>) => object,
): Promise<WorkerUnderTest[]> {
  return (await paymentWorkers()).map((worker) =>
    worker.queue === Queue.payment
      ? {
          ...worker,
          activities({ urls }) {
            const activities = activitiesAt(urls);
            return { ...activities, ...instead(activities) };
          },
        }
      : worker,
  );
}

function activitiesAt(urls: Surroundings['urls'], timeoutMs = shortMs) {
  const http = (service: string, baseUrl: string) => createHttp({ service, baseUrl, timeoutMs });
  const payment = http('payment', urls.payment);
  return paymentActivities(
    {
      gateway: paystackGateway(paystackHttp({ baseUrl: urls.paystack, secretKey, timeoutMs })),
      payments: paymentsService(payment),
      disputes: disputesService(payment),
      wallets: walletsService(payment),
      merchants: merchantsService(payment),
      invoices: invoiceService(http('invoice', urls.invoice)),
      notification: notificationService(http('notification', urls.notification)),
    },
    callContext,
  );
}

/** A call that a run made and gave up, as it reaches Paystack when nobody waits for it any more. */
export async function comesAboutLate(house: House, { path, key, body }: { path: string; key: string; body: object }) {
  const { memo } = await house.client.workflow.getHandle(key.split('/')[0]!).describe();
  const answer = await fetch(house.sandbox.urls.paystack + path, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${secretKey}`,
      'content-type': 'application/json',
      'idempotency-key': key,
      'x-correlation-id': String(memo?.correlationId),
    },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`Paystack answered ${answer.status} to ${key}: ${await answer.text()}`);
}

/** A payment that goes well; a typed failure in `overrides` makes it go otherwise. */
export function aPayment(overrides: Partial<ProcessPaymentInput> = {}): ProcessPaymentInput {
  return {
    paymentId: randomUUID(),
    user: 'u-ada',
    merchant: 'm-shop',
    money: { amount: 7_500, currency: 'NGN' },
    ...overrides,
  };
}

export function aTopUp(overrides: Partial<TopUpWalletInput> = {}): TopUpWalletInput {
  return {
    topUpId: randomUUID(),
    userId: 'u-ada',
    money: { amount: 20_000, currency: 'NGN' },
    payWithinSeconds: 600,
    ...overrides,
  };
}
