import type { DeliverWebhookOutcome } from '@longhaul/contracts';
import { DeliverWebhook, RedeliverWebhook } from '@longhaul/contracts/workflow';
import { implement, settledByHand, stepsOf, type Run } from '@longhaul/workflow-kit';
import { condition } from '@temporalio/workflow';
import type { PaymentActivities, WebhookTry } from '../activities.ts';
import { ladder, mostAsksForAPlace, pauseBefore, pauseForAPlace } from './deliver-webhook.rules.ts';
import { operators, paymentPolicies } from './policies.ts';

interface Delivery {
  readonly eventId: string;
  readonly merchant: string;
}

type Tried = Exclude<WebhookTry, { status: 'no-place' }>;

/** Heard while a delivery waits: somebody wants the next try now. */
interface Impatience {
  wanted: boolean;
}

export const deliverWebhook = implement(DeliverWebhook, { owner: operators }, (delivery, run, hear) => {
  const impatience: Impatience = { wanted: false };
  hear.update('redeliver', ({ by }) => tryNow(run, impatience, by));
  return run.toTheEnd('working', () => deliver(run, delivery, impatience));
});

export const redeliverWebhook = implement(RedeliverWebhook, { owner: operators }, (delivery, run, hear) => {
  const impatience: Impatience = { wanted: false };
  hear.update('redeliver', ({ by }) => tryNow(run, impatience, by));
  return run.toTheEnd('working', () => deliver(run, delivery, impatience));
});

function tryNow(run: Run, impatience: Impatience, by: string) {
  impatience.wanted = true;
  const { resolved } = run.resolve({ action: 'retry', by });
  return { redelivered: true, detail: resolved ? 'The delivery begins anew' : 'The next try is made at once' };
}

/** One event to its endpoint: always under one id, with the same body, at longer and longer intervals. */
async function deliver(
  run: Run,
  { eventId, merchant }: Delivery,
  impatience: Impatience,
): Promise<DeliverWebhookOutcome> {
  const payment = stepsOf<PaymentActivities>(run, paymentPolicies);
  let attempts = 0;
  let failing = false;
  for (;;) {
    let askedToWaitMs = 0;
    let why = '';
    for (let rung = 0; rung < ladder.length; rung += 1) {
      await condition(() => impatience.wanted, pauseBefore(rung, Math.random(), askedToWaitMs));
      impatience.wanted = false;
      attempts += 1;
      const sequence = attempts;
      const sent = await run.orPark(() => tryOnce(sequence));
      if (!sent) return { ...settledByHand(run), attempts };
      if (sent.status === 'unknown') return { status: 'no-such-event', attempts };
      if (sent.status === 'none') return { status: 'no-endpoint', attempts };
      if (sent.status === 'accepted') {
        if (failing) await run.orPark(() => payment.markEndpoint({ merchant, state: 'active' }, { sequence }));
        return { status: 'delivered', attempts };
      }
      if (sent.status === 'gone') {
        await giveNotice('disabled', 'The endpoint answered that it is gone (410)');
        return { status: 'no-endpoint', attempts };
      }
      why = sent.reason;
      askedToWaitMs = sent.retryAfterMs ?? 0;
    }
    failing = true;
    await giveNotice('failing', why);
    const message = `The merchant's endpoint took no event for three days [merchant: ${merchant}, last: ${why}]`;
    const said = await run.askPerson({ step: 'sendWebhook', code: 'webhook-undeliverable', message });
    if (said === 'settled') return { ...settledByHand(run), attempts };
  }

  /** One try, once there is a place for it: a merchant has so many at a time. Asking for a place is no try. */
  async function tryOnce(sequence: number): Promise<Tried> {
    for (let asked = 1; ; asked += 1) {
      const sent = await payment.sendWebhook({ eventId, merchant }, { sequence });
      if (sent.status !== 'no-place') return sent;
      if (asked === mostAsksForAPlace) return { status: 'refused', reason: 'too-many-at-once' };
      await condition(() => impatience.wanted, pauseForAPlace(asked, Math.random()));
      impatience.wanted = false;
    }
  }

  async function giveNotice(state: 'failing' | 'disabled', reason: string): Promise<void> {
    const sequence = attempts;
    await run.orPark(() => payment.markEndpoint({ merchant, eventId, state, reason }, { sequence }));
    await run.orGiveUp(() => payment.tellMerchant({ merchant, state, reason }, { sequence }), true, false);
  }
}
