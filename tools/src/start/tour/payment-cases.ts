import {
  chargeReference,
  paymentIdOf,
  CheckoutAnswer,
  DeliverWebhook,
  ProcessPayment,
  ProcessPaymentOutcome,
  RefundPayment,
  RefundPaymentOutcome,
  TopUpWallet,
  TopUpWalletOutcome,
  type Money,
  type ProcessPaymentInput,
} from '@longhaul/contracts';
import type { StartedRun } from '@longhaul/testing/processes';
import { tourId, type Ended, type Tour, type TourCase } from './case.ts';

const needs = ['payment'];

/** Payments, refunds and top-ups, with the events for merchants. */
export const paymentCases: readonly TourCase[] = [
  {
    title: 'A payment',
    asked: 'NGN 75.00 from a saved card to m-shop',
    expected: 'completed, and the merchant told',
    needs,
    async run(tour) {
      const { outcome, told } = await pay(tour, payment('good', {}));
      return ended(outcome, outcome.status === 'completed' && told, told ? 'merchant told' : 'merchant not told');
    },
  },
  {
    title: 'A declined payment',
    asked: 'NGN 75.00 from a card that is declined (u-declined)',
    expected: 'declined, and the merchant told',
    needs,
    async run(tour) {
      const { outcome, told } = await pay(tour, payment('declined', { user: 'u-declined' }));
      return ended(outcome, outcome.status === 'declined' && told, told ? 'merchant told' : 'merchant not told');
    },
  },
  {
    title: 'A merchant whose server is down for a while',
    asked: 'NGN 75.00 to m-flaky, whose server does not take the first webhook',
    expected: 'completed, and the merchant told at the second try',
    needs,
    async run(tour) {
      const { outcome, told, eventId } = await pay(tour, payment('flaky', { merchant: 'm-flaky' }));
      const failures = await tour.failedCalls(eventId);
      const also = `merchant ${told ? 'told' : 'not told'} after ${failures} failed tries`;
      return ended(outcome, outcome.status === 'completed' && told && failures > 0, also);
    },
  },
  {
    title: 'A refund',
    asked: 'NGN 75.00 paid to m-shop; then NGN 25.00 of it refunded',
    expected: 'NGN 25.00 refunded',
    needs,
    async run(tour) {
      const request = payment('refunded', {});
      await pay(tour, request);
      const part = { amount: 2_500, currency: 'NGN' } as const;
      const outcome = await refund(tour, request, { refundId: 'part', money: part });
      return ended(outcome, outcome.status === 'refunded' && outcome.refunded.amount === part.amount);
    },
  },
  {
    title: 'A payment that its payer disputes',
    asked: 'NGN 75.00 back: first from the bank (u-disputes), then from m-shop',
    expected: 'no refund before the bank has turned the claim down',
    needs,
    async run(tour) {
      const wish = payment('disputed', { user: 'u-disputes' });
      await pay(tour, wish);
      const dispute = await tour.disputeAbout(chargeReference.of(ProcessPayment.id.of(wish)));
      const early = await refund(tour, wish, { refundId: 'early' });
      const { status } = await tour.declineClaim(dispute);
      const outcome = await refund(tour, wish, { refundId: 'afterwards' });
      const heldBack = early.status === 'refused' && early.reason === 'payment-disputed';
      return {
        happened: [told(early), `dispute ${status}`, told(outcome)].join(', '),
        asItShould: heldBack && status === 'won' && outcome.status === 'refunded',
      };
    },
  },
  {
    title: 'A top-up that is paid',
    asked: 'NGN 200.00 into a wallet, paid on the page',
    expected: 'credited, with invoice and receipt',
    needs,
    async run(tour) {
      const run = await topUp(tour, 'paid');
      await tour.pay(pageOf(run));
      const outcome = await tour.end(run, TopUpWalletOutcome);
      return ended(outcome, outcome.status === 'credited' && outcome.invoice !== null && outcome.receipt === 'sent');
    },
  },
  {
    title: 'A top-up that nobody pays',
    asked: 'NGN 200.00 into a wallet, to be paid within 5 seconds',
    expected: 'expired, and nothing credited',
    needs,
    async run(tour) {
      const run = await topUp(tour, 'expired', { payWithinSeconds: 5 });
      const outcome = await tour.end(run, TopUpWalletOutcome);
      return ended(outcome, outcome.status === 'expired');
    },
  },
];

/** Makes a payment, and waits until it has ended and its webhook is delivered. */
async function pay(tour: Tour, request: ProcessPaymentInput) {
  const run = await tour.start(ProcessPayment, request, request.user);
  const outcome = await tour.end(run, ProcessPaymentOutcome);
  const { eventId } = outcome;
  if (eventId === null) return { outcome, told: false, eventId: '' };
  const workflowId = DeliverWebhook.id.of({ eventId, merchant: request.merchant });
  const delivery = await tour.endOf(workflowId, DeliverWebhook);
  const { status } = (delivery.outcome ?? {}) as { status?: string };
  return { outcome, told: status === 'delivered', eventId };
}

/** As the merchant who was paid. */
async function refund(tour: Tour, wish: ProcessPaymentInput, what: { refundId: string; money?: Money }) {
  const asked = { paymentId: paymentIdOf(wish), reason: 'sent back', ...what };
  return tour.end(await tour.start(RefundPayment, asked, wish.merchant), RefundPaymentOutcome);
}

const topUp = (tour: Tour, name: string, also: { payWithinSeconds?: number } = {}) =>
  tour.start(
    TopUpWallet,
    { topUpId: `tour-${tourId}-${name}`, userId: 'u-ada', money: { amount: 20_000, currency: 'NGN' }, ...also },
    'u-ada',
  );

function pageOf({ answer }: StartedRun): string {
  const checkout = CheckoutAnswer.parse((answer as { checkout?: unknown }).checkout);
  if (checkout.checkout === 'closed') throw new Error('The checkout is closed');
  return checkout.authorizationUrl;
}

function payment(name: string, request: { user?: string; merchant?: string }): ProcessPaymentInput {
  return {
    paymentId: `tour-${tourId}-${name}`,
    user: request.user ?? 'u-bayo',
    merchant: request.merchant ?? 'm-shop',
    money: { amount: 7_500, currency: 'NGN' },
  };
}

type Outcome = ProcessPaymentOutcome | RefundPaymentOutcome | TopUpWalletOutcome;

function ended(outcome: Outcome, asItShould: boolean, also = ''): Ended {
  return { happened: [told(outcome), also].filter(Boolean).join(', '), asItShould };
}

function told(outcome: Outcome): string {
  const parts = [`${outcome.status.replaceAll('-', ' ')}${'reason' in outcome ? ` (${outcome.reason})` : ''}`];
  if ('step' in outcome) parts.push(`at ${outcome.step} (${outcome.code})`);
  if (outcome.status === 'credited') parts.push(inWords(outcome.credited), `invoice ${outcome.invoice ?? 'none'}`);
  if (outcome.status === 'refunded') parts.push(inWords(outcome.refunded));
  return parts.join(', ');
}

const inWords = ({ amount, currency }: Money) => `${currency} ${(amount / 100).toFixed(2)}`;
