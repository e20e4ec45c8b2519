import {
  topUpIdOf,
  ProcessPayment,
  TopUpWallet,
  type ProcessPaymentInput,
  type RefundPayment,
  type RefundPaymentInput,
  type SettleLateCharge,
  type SettleLateChargeInput,
  type TopUpWalletInput,
  paymentIdOf,
} from '@longhaul/contracts';
import type { FaultRule, ReadCall, Scenario, Stage } from '@longhaul/testing';
import { aPayment, aTopUp } from './payment.fixture.ts';

const verify = 'GET /transaction/verify/:reference';
const notCompleted = { key: '/completePayment$', kind: 'refusal' } as const satisfies FaultRule;
const lostOnce = (step: string) =>
  ({ key: `/${step}$`, kind: 'lost-answer', attempts: { to: 1 } }) as const satisfies FaultRule;

/** How to recognise look-ups at the card gateway, which have no key. */
const lookUps = <Input>(referenceOf: (input: Input) => string) => ({
  findCharge: { route: verify, path: (input: Input) => `/transaction/verify/${referenceOf(input)}$` },
  // The query contains a time that differs for each run.
  findRefund: { route: 'GET /refund', path: () => '/refund\\?' },
  // Every refund has its own path, and only the one in progress is read.
  readRefund: { route: 'GET /refund/:id', path: () => '/refund/\\d+$' },
});

export const processPaymentReads: Record<string, ReadCall<typeof ProcessPayment>> = {
  ...lookUps((request: ProcessPaymentInput) => ProcessPayment.id.of(request)),
  readPayment: { route: 'GET /payments/:paymentId', path: (request) => `/payments/${paymentIdOf(request)}$` },
};

export const processPaymentScenarios: readonly Scenario<typeof ProcessPayment>[] = [
  {
    name: 'all goes well',
    input: () => Promise.resolve(aPayment()),
    steps: { openPayment: 'fails', chargeCard: 'fails', completePayment: 'fails' },
    ends: 'completed',
  },
  {
    name: "the charge's answer is lost",
    input: () => Promise.resolve(aPayment()),
    faults: [lostOnce('chargeCard')],
    steps: { findCharge: 'fails-and-parks' },
    ends: 'completed',
    noFastSteps: true,
  },
  {
    name: 'it cannot be completed',
    input: () => Promise.resolve(aPayment()),
    faults: [notCompleted],
    steps: { sendRefund: 'parks', readRefund: 'parks', closePayment: 'parks' },
    ends: 'failed',
    noFastSteps: true,
  },
  {
    name: "it cannot be completed, and the refund's answer is lost",
    input: () => Promise.resolve(aPayment()),
    faults: [notCompleted, lostOnce('sendRefund')],
    steps: { findRefund: 'parks' },
    ends: 'failed',
    noFastSteps: true,
  },
  {
    name: 'an earlier run opened another one under its id',
    input: () => Promise.resolve(aPayment()),
    faults: [{ key: '/openPayment$', kind: 'refusal', code: 'payment-exists' }],
    steps: { readPayment: 'fails-and-parks' },
    ends: 'failed',
    noFastSteps: true,
  },
];

export const refundPaymentReads: Record<string, ReadCall<typeof RefundPayment>> = {
  ...lookUps(({ paymentId }: RefundPaymentInput) => `payment-${paymentId}`),
  readRequest: { route: 'GET /payments/:paymentId/refunds/:refundId', path: () => '/refunds/part$' },
};

async function aRefund(stage: Stage) {
  const payment = aPayment();
  await stage.after(ProcessPayment, payment);
  const money = { amount: 2_500, currency: 'NGN' } as const;
  return { paymentId: paymentIdOf(payment), refundId: 'part', money, reason: 'one thing sent back' };
}

export const refundPaymentScenarios: readonly Scenario<typeof RefundPayment>[] = [
  {
    name: 'a part of a payment',
    input: aRefund,
    steps: { requestRefund: 'parks', sendRefund: 'parks', readRefund: 'parks', settleRefund: 'parks' },
    ends: 'refunded',
    noFastSteps: true,
  },
  {
    name: 'its answer is lost',
    input: aRefund,
    faults: [lostOnce('sendRefund')],
    steps: { findRefund: 'parks' },
    ends: 'refunded',
    noFastSteps: true,
  },
  {
    name: 'an earlier run asked for another one under its id',
    input: aRefund,
    faults: [{ key: '/requestRefund$', kind: 'refusal', code: 'refund-exists' }],
    steps: { readRequest: 'parks' },
    ends: 'refused',
    noFastSteps: true,
  },
];

export const topUpWalletReads: Record<string, ReadCall<typeof TopUpWallet>> = {
  ...lookUps((request: TopUpWalletInput) => TopUpWallet.id.of(request)),
  readTopUp: { route: 'GET /top-ups/:topUpId', path: (request) => `/top-ups/${topUpIdOf(request)}$` },
};

/** Short, because cells with a real clock wait for it. */
const payWithinSeconds = 1;
const aPaidTopUp = () => Promise.resolve(aTopUp({ userId: 'u-pays', payWithinSeconds }));
/** The first look-up of the gateway fails, so that the run gives up; the charge is found afterwards. */
const givenUp = {
  route: verify,
  key: '/transaction/verify/top-up-',
  kind: 'refusal',
  attempts: { to: 1 },
} as const satisfies FaultRule;

export const topUpWalletScenarios: readonly Scenario<typeof TopUpWallet>[] = [
  {
    name: 'it is paid',
    input: aPaidTopUp,
    steps: { openTopUp: 'fails' },
    ends: 'credited',
  },
  {
    name: 'it is paid, step by step',
    input: aPaidTopUp,
    steps: {
      openCheckout: 'fails',
      findCharge: 'fails-and-parks',
      creditWallet: 'parks',
      issueInvoice: 'parks',
      sendReceipt: 'goes-on',
    },
    ends: 'credited',
    noFastSteps: true,
  },
  {
    name: 'nobody pays',
    input: () => Promise.resolve(aTopUp({ payWithinSeconds })),
    steps: { closeTopUp: 'parks' },
    ends: 'expired',
    noFastSteps: true,
  },
  {
    name: 'it is given up and was paid',
    input: aPaidTopUp,
    faults: [givenUp],
    steps: { sendRefund: 'parks', readRefund: 'parks' },
    ends: 'failed',
    noFastSteps: true,
  },
  {
    name: "it is given up and was paid, and the refund's answer is lost",
    input: aPaidTopUp,
    faults: [givenUp, lostOnce('sendRefund')],
    steps: { findRefund: 'parks' },
    ends: 'failed',
    noFastSteps: true,
  },
  {
    name: 'an earlier run opened another one under its id',
    input: aPaidTopUp,
    faults: [{ key: '/openTopUp$', kind: 'refusal', code: 'top-up-exists' }],
    steps: { readTopUp: 'fails-and-parks' },
    ends: 'failed',
    noFastSteps: true,
  },
];

export const settleLateChargeReads: Record<string, ReadCall<typeof SettleLateCharge>> = {
  ...lookUps(({ reference }: SettleLateChargeInput) => reference),
  // The top-up has looked it up at its deadline.
  findCharge: { route: verify, path: ({ reference }) => `/transaction/verify/${reference}$`, askedBefore: 1 },
  readConcern: {
    route: 'GET /top-ups/:topUpId',
    path: ({ reference }) => `/top-ups/${reference.slice('top-up-'.length)}$`,
  },
};

async function paidTooLate(stage: Stage, amount?: number) {
  const topUp = aTopUp({ payWithinSeconds });
  await stage.after(TopUpWallet, topUp);
  const reference = TopUpWallet.id.of(topUp);
  await stage.sandbox.pay(reference, amount === undefined ? {} : { amount });
  return { reference };
}

export const settleLateChargeScenarios: readonly Scenario<typeof SettleLateCharge>[] = [
  {
    name: 'what was asked for',
    input: (stage) => paidTooLate(stage),
    steps: {
      readConcern: 'parks',
      findCharge: 'parks',
      creditWallet: 'parks',
      issueInvoice: 'parks',
      sendReceipt: 'goes-on',
    },
    ends: 'credited-late',
    noFastSteps: true,
  },
  {
    name: 'another amount',
    input: (stage) => paidTooLate(stage, 100),
    steps: { sendRefund: 'parks', readRefund: 'parks', tellPayer: 'goes-on' },
    ends: 'refunded',
    noFastSteps: true,
  },
  {
    name: "another amount, and the refund's answer is lost",
    input: (stage) => paidTooLate(stage, 100),
    faults: [lostOnce('sendRefund')],
    steps: { findRefund: 'parks' },
    ends: 'refunded',
    noFastSteps: true,
  },
];
