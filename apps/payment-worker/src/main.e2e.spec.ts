import {
  paymentIdOf,
  CheckoutAnswer,
  DeliverWebhook,
  ProcessPayment,
  ProcessPaymentOutcome,
  RefundPayment,
  RefundPaymentOutcome,
  TopUpWallet,
  TopUpWalletOutcome,
} from '@longhaul/contracts';
import { report } from '@longhaul/checker';
import {
  apps,
  evidenceOf,
  houseApi,
  judgeHouse,
  openRealHouse,
  startApp,
  type AppProcess,
  type HouseApi,
  type RealHouse,
} from '@longhaul/testing/processes';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aPayment, aTopUp } from './payment.fixture.ts';

describe('a payment and a top-up through all processes', () => {
  let house: RealHouse;
  let worker: AppProcess;
  let api: HouseApi;
  beforeAll(async () => {
    house = await openRealHouse({ name: 'payments' });
    worker = await house.startWorker(apps.payment);
    api = houseApi(house.addresses);
  });
  afterAll(() => house.close());

  const callsOf = async (correlationId: unknown) =>
    (await evidenceOf(house.addresses.sandbox)).calls.filter((call) => call.correlationId === correlationId);
  const correlationOf = (workflowId: string) =>
    api.answers.find((answer) => answer.call === 'start' && answer.workflowId === workflowId)!.correlationId;
  const logLinesOf = ({ log }: AppProcess, workflowId: string) => log.filter((line) => line.workflowId === workflowId);

  it('have the correlation id of the request in every call and log line, up to the merchant', async () => {
    const payment = aPayment();
    const run = await api.start(ProcessPayment, payment, payment.user);
    const { eventId } = (await api.result(run, ProcessPaymentOutcome))!;
    const delivery = DeliverWebhook.id.of({ eventId: eventId!, merchant: payment.merchant });
    const correlationId = correlationOf(run.workflowId);
    await expect
      .poll(async () => (await callsOf(correlationId)).map(({ service, route }) => `${service} ${route}`), {
        timeout: 20_000,
      })
      .toEqual([
        'payment POST /payments/:paymentId/opening',
        'payment GET /customers/:user',
        'paystack POST /transaction/charge_authorization',
        'payment POST /payments/:paymentId/completion',
        'payment GET /merchants/:merchant/events/:eventId',
        'payment GET /merchants/:merchant/endpoint',
        'merchant POST /:merchant/hooks',
      ]);
    const { log } = house.gateway;
    expect(log.some((line) => line.correlationId === correlationId)).toBe(true);
    for (const workflowId of [run.workflowId, delivery]) {
      const lines = logLinesOf(worker, workflowId);
      expect(lines.filter((line) => line.correlationId !== correlationId)).toEqual([]);
    }
  });

  it("credit a top-up after Paystack's signed webhook to the gateway, and make a refund", async () => {
    const request = aTopUp();
    const run = await api.start(TopUpWallet, request, request.userId);
    const page = CheckoutAnswer.parse((run.answer as { checkout: unknown }).checkout);
    if (page.checkout !== 'open') throw new Error('The checkout is not open');
    await fetch(`${page.authorizationUrl}/pay`, { method: 'POST' });
    expect(await api.result(run, TopUpWalletOutcome)).toMatchObject({ status: 'credited', credited: request.money });

    const payment = aPayment();
    await api.result(await api.start(ProcessPayment, payment, payment.user), ProcessPaymentOutcome);
    const refund = { paymentId: paymentIdOf(payment), refundId: 'all', reason: 'sent back' };
    const refunded = await api.result(await api.start(RefundPayment, refund, payment.merchant), RefundPaymentOutcome);
    expect(refunded).toMatchObject({ status: 'refunded', refunded: payment.money });
  });

  it('break no invariant, and leave no personal value in any history', async () => {
    const personal = ['u-ada@passengers.longhaul.test', 'AUTH_u-ada', 'sk_test_longhaul', 'whsec_'];
    const secrets = [...api.secrets, ...personal];
    const { violations } = await judgeHouse(house.addresses, { answers: api.answers, secrets });
    expect(violations, report(violations)).toEqual([]);
    for (const secret of secrets) {
      expect(worker.log.filter((line) => JSON.stringify(line).includes(secret))).toEqual([]);
    }
  });

  it('reports every mistake of its environment at once, without the secret', async () => {
    const environment = { ...apps.payment.environment(house.addresses, 0), PAYSTACK_SECRET_KEY: 'hunter2' };
    const broken = await startApp(apps.payment, { environment: { ...environment, INVOICE_SERVICE_URL: '' } });
    expect(await broken.ended).toMatchObject({ code: 78 });
    const said = broken.log.map(({ msg }) => msg).join('\n');
    expect(said).toMatch(/INVOICE_SERVICE_URL is not set/);
    expect(said).toMatch(/PAYSTACK_SECRET_KEY must be a secret key/);
    expect(said).not.toContain('hunter2');
  });
});
