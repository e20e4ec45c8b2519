import { randomUUID } from 'node:crypto';
import { Queue, type ProcessPaymentInput, type TopUpWalletInput } from '@longhaul/contracts';
import { withSteps, workersOf, type House, type WorkerUnderTest, type WorkersOptions } from '@longhaul/testing';
import type { Places } from './activities/places.ts';
import { wiring } from './wiring.ts';

const secretKey = 'sk_test_longhaul';

interface PaymentWorkersOptions extends Omit<WorkersOptions, 'wiring'> {
  /** The time-out of calls to a merchant's endpoint, in milliseconds. Default: 700. */
  readonly merchantTimeoutMs?: number;
  /** Limits the concurrent tries at one merchant's endpoint. Default: 10. */
  readonly places?: Places;
}

/** The payment worker with its two queues and the sandbox. */
export function paymentWorkers(options: PaymentWorkersOptions = {}): Promise<WorkerUnderTest[]> {
  const { merchantTimeoutMs = 700, places, ...others } = options;
  const deliveries = { merchantTimeoutMs, ...(places && { places }) };
  return workersOf('payment', {
    ...others,
    wiring: {
      [Queue.paymentDeliveries]: (environment, kit) => wiring['payment-deliveries'](environment, kit, deliveries),
    },
  });
}

/** The same worker, with some steps on the payment queue replaced. */
export async function paymentWorkersWith(
  instead: (steps: PaymentSteps) => Partial<PaymentSteps>,
): Promise<WorkerUnderTest[]> {
  return withSteps(await paymentWorkers(), Queue.payment, instead);
}

type PaymentSteps = ReturnType<(typeof wiring)['payment']>;

/** A call that a run made and gave up, and that reaches Paystack later. */
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

/** A payment that succeeds, unless `overrides` contain a typed failure. */
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
