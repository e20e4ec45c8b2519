import type { WebhookTarget } from '../../options.ts';
import { sandboxService } from '../sandbox-service.ts';
import { chargeExchanges } from './charges.ts';
import { openCheckoutDesk, serveCheckout } from './checkout.ts';
import { disputeExchanges } from './disputes.ts';
import { gather } from './evidence.ts';
import { failures } from './failures.ts';
import { waitingToBePaid } from './open-checkouts.ts';
import { moveAllRefunds } from './refund-moves.ts';
import { refundExchanges } from './refunds.ts';
import { schema } from './schema.ts';
import { openWebhooks } from './webhooks.ts';

/** Paystack's API. It is independent of the other services, and ignores `Idempotency-Key` like the real one. */
export const paystack = sandboxService({
  name: 'paystack',
  schema,
  gather,
  failures,
  open(core) {
    const { database, now, settings } = core;
    const webhooks = openWebhooks(core);
    const wakeWebhooks = () => webhooks.wake();
    const desk = openCheckoutDesk(core, wakeWebhooks);
    const moveRefunds = async () => {
      const moved = await moveAllRefunds(database, await now());
      if (moved > 0) webhooks.wake();
      return moved;
    };
    return {
      strangerRoutes: {
        keyHeader: 'idempotency-key',
        exchanges: [...chargeExchanges(core), ...refundExchanges(core), ...disputeExchanges(core)],
        afterCommit: wakeWebhooks,
      },
      servePages: (app) => serveCheckout(app, database, desk),
      onFirstPage: () => waitingToBePaid(database),
      sweep: moveRefunds,
      controls: {
        moveRefunds,
        async pay(reference: string, { amount }: { readonly amount?: number } = {}) {
          const paid = await desk.pay({ reference }, amount);
          if (paid !== 'paid') throw new Error(`The checkout could not be paid [${reference}: ${paid}]`);
        },
        webhooksTo: (target: WebhookTarget) => webhooks.to(target),
        webhooks: { drained: () => webhooks.drained() },
      },
      listening: () => {
        if (settings.paystackWebhookUrl !== undefined) webhooks.to(settings.paystackWebhookUrl);
      },
      close: () => webhooks.close(),
    };
  },
});
