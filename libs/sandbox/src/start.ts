import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { faultControl, serveControl } from './control.ts';
import { openDatabase } from './database/database.ts';
import { gatherEvidence } from './gather-evidence.ts';
import { serveStranger } from './http/exchange.ts';
import type { House, TimedCall } from './http/house.ts';
import { serve } from './http/pipeline.ts';
import { createServer } from './http/server.ts';
import { openIssuer } from './issuer.ts';
import type { Sandbox, SandboxOptions } from './options.ts';
import { serveHome } from './pages/home.ts';
import { serveOutbox } from './pages/outbox.ts';
import { bookingRoutes } from './services/booking.ts';
import { disputesRoutes } from './services/disputes.ts';
import { fleetRoutes } from './services/fleet.ts';
import { gatewayEventsRoutes } from './services/gateway-events.ts';
import { invoiceRoutes } from './services/invoice.ts';
import { openMailCatcher } from './services/mail-catcher.ts';
import { merchantServerRoutes } from './services/merchant-server.ts';
import { merchantsRoutes } from './services/merchants.ts';
import { notificationRoutes } from './services/notification.ts';
import { openOutbox } from './services/outbox.ts';
import { paymentRefundsRoutes } from './services/payment-refunds.ts';
import { paymentRoutes } from './services/payment.ts';
import { paymentsRoutes } from './services/payments.ts';
import { openCheckoutDesk, serveCheckout } from './services/paystack/checkout.ts';
import { paystackRoutes } from './services/paystack/index.ts';
import { moveAllRefunds } from './services/paystack/refund-moves.ts';
import { openWebhooks } from './services/paystack/webhooks.ts';
import { sweepHolds } from './services/sweep.ts';
import { walletsRoutes } from './services/wallets.ts';

/** Starts all downstream services of Longhaul in this process. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { clock = Date.now, seatsPerBus = 40, onError = toStderr } = options;
  const { paystackSecret: secret = 'sk_test_longhaul', webhookRetryMs: retryMs = 180_000 } = options;
  const now = async (call?: TimedCall) => new Date(await clock(call)).toISOString();
  const faults = faultControl();
  const closing = new AbortController();
  const database = await openDatabase(options.database ?? {});
  const catcher = await openMailCatcher(database);
  const outbox = openOutbox(database, catcher.port, onError);
  const webhooks = openWebhooks({ database, now, secret, faultPlan: faults.plan, retryMs, onError });
  const wakeWebhooks = () => webhooks.wake();
  const desk = openCheckoutDesk(database, now, wakeWebhooks);
  const app = createServer(database, onError);
  const house: House = {
    database,
    now,
    faultPlan: faults.plan,
    onCall: options.onCall ?? (() => undefined),
    onFault: options.onFault ?? (() => Promise.resolve(undefined)),
    closing: closing.signal,
    inHand: new Set(),
  };
  const sweep = async () => sweepHolds(database, await now());
  const moveRefunds = async () => {
    const moved = await moveAllRefunds(database, await now());
    if (moved > 0) webhooks.wake();
    return moved;
  };
  const evidence = async () => {
    await outbox.drained();
    return gatherEvidence(database, await now());
  };
  const quiet = async () => {
    while (house.inHand.size > 0) await Promise.allSettled(house.inHand);
  };
  const sweeping =
    options.sweepEverySeconds &&
    setInterval(() => void Promise.all([sweep(), moveRefunds()]).catch(onError), options.sweepEverySeconds * 1_000);

  async function close() {
    clearInterval(sweeping);
    closing.abort();
    await app.close();
    await quiet();
    await webhooks.close();
    await outbox.close();
    await catcher.close();
    await database.close();
  }
  let closed: Promise<void> | undefined;

  try {
    const publicUrl = () => options.publicUrl ?? `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
    serve(app, bookingRoutes({ seatsPerBus }), house);
    serve(app, paymentRoutes(), house);
    serve(app, paymentsRoutes(), house);
    serve(app, paymentRefundsRoutes(), house);
    serve(app, merchantsRoutes({ publicUrl }), house);
    serve(app, walletsRoutes(), house);
    serve(app, gatewayEventsRoutes(), house);
    serve(app, disputesRoutes(), house);
    serve(app, fleetRoutes({ seatsPerBus }), house);
    serve(app, invoiceRoutes(), house);
    serve(app, notificationRoutes({ wakeOutbox: () => outbox.wake() }), house);
    serveStranger(app, paystackRoutes({ secret, publicUrl, afterCommit: wakeWebhooks }), house);
    serveStranger(app, merchantServerRoutes(), house);
    serveCheckout(app, database, desk);
    serveHome(app, database, options.links ?? []);
    serveOutbox(app, database);
    serveControl(app, { database, faults, evidence, sweep });
    const { token } = await openIssuer(app, database, () => `${publicUrl()}/issuer`);
    await app.listen({ port: options.port ?? 0, host: options.host ?? '127.0.0.1' });
    outbox.wake();
    if (options.paystackWebhookUrl !== undefined) webhooks.to(options.paystackWebhookUrl);
    return {
      url: publicUrl(),
      urls: serviceUrls(publicUrl()),
      evidence,
      quiet,
      faults,
      token,
      sweep,
      moveRefunds,
      forgetKeys: async () => {
        await database.query('delete from answers', []);
      },
      pay: async (reference, { amount } = {}) => {
        const paid = await desk.pay({ reference }, amount);
        if (paid !== 'paid') throw new Error(`The checkout could not be paid [${reference}: ${paid}]`);
      },
      webhooksTo: (target) => webhooks.to(target),
      webhooks: { drained: () => webhooks.drained() },
      close: () => (closed ??= close()),
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function toStderr(error: unknown): void {
  process.stderr.write(`${inspect(error)}\n`);
}

const serviceUrls = (url: string): Sandbox['urls'] => ({
  booking: `${url}/booking`,
  payment: `${url}/payment`,
  fleet: `${url}/fleet`,
  notification: `${url}/notification`,
  paystack: `${url}/paystack`,
  merchant: `${url}/merchant`,
  invoice: `${url}/invoice`,
  issuer: `${url}/issuer`,
});
