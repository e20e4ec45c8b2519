import { callOf, drop, ended, row, runOf, swap, type Case } from '../../../fixtures/case.fixture.ts';

const naira = (amount: number) => ({ amount, currency: 'NGN' });

/** Cases in which payments and top-ups break the invariants of all domains. */
export const paymentsEverywhereCases: readonly Case[] = [
  {
    speaks: 'X2',
    when: 'a caller could join a run that another run started',
    naming: 'webhook-evt-p3-1 was started by payment-u-p3.p3',
    change: (evidence) => (runOf(evidence, 'webhook-evt-p3-1').memo['inputDigest'] = 'digest'),
  },
  {
    speaks: 'X3',
    when: 'a merchant saw an event that no run has sent',
    naming: 'evt-p9-1 is no event that a run has sent',
    change: (evidence) =>
      evidence.sandbox.calls.push({ ...callOf(evidence, 'evt-p_1-1'), seq: 1_000, key: 'evt-p9-1', status: 500 }),
  },
  {
    speaks: 'X3',
    when: 'a webhook of the gateway was recorded under another key',
    naming: 'charge.success payment-u-p3.p3/1 was recorded under [paystack/charge.success/1]',
    change: (evidence) => {
      const key = 'paystack/charge.success/1';
      callOf(evidence, 'paystack/charge.success/payment-u-p3.p3/1').key = key;
      row(evidence, 'gateway-event-recorded', 'payment-u-p3.p3').key = key;
    },
  },
  {
    speaks: 'X3',
    when: 'a webhook of the gateway was recorded with a key of the wrong form',
    naming: 'payment-u-p3.p3/openPayment/7 is not of the form paystack/<event>/<id>',
    change: (evidence) => {
      const call = callOf(evidence, 'paystack/charge.success/payment-u-p3.p3/1');
      evidence.sandbox.calls.push({ ...call, seq: 1_000, key: 'payment-u-p3.p3/openPayment/7' });
    },
    along: ['X14'],
  },
  {
    speaks: 'X3',
    when: 'a card was charged by a call without a key',
    naming: 'card-charged happened without a key',
    change: (evidence) => (row(evidence, 'card-charged', 'payment-u-p=1.p=1').key = null),
  },
  {
    speaks: 'X7',
    when: 'a payment was opened after it had been closed',
    naming: 'payment-opened of payment u-p2.p2 after it had been closed',
    change: (evidence) => swap(row(evidence, 'payment-opened', 'u-p2.p2'), row(evidence, 'payment-closed', 'u-p2.p2')),
  },
  {
    speaks: 'X7',
    when: 'a top-up was opened after it had been closed',
    naming: 'top-up-opened of top-up u-t3.t3 after it had been closed',
    change: (evidence) => swap(row(evidence, 'top-up-opened', 'u-t3.t3'), row(evidence, 'top-up-closed', 'u-t3.t3')),
  },
  {
    speaks: 'X7',
    when: 'a completed payment was closed as well',
    naming: 'payment-u-p_1.p_1/closePayment ran although payment-u-p_1.p_1 succeeded',
    change: (evidence) => {
      const { steps } = runOf(evidence, 'payment-u-p_1.p_1');
      steps.push({ ...steps[0]!, step: 'closePayment', state: 'failed' });
    },
  },
  {
    speaks: 'X7',
    when: 'a payment that may have been opened was not closed',
    naming: 'payment-u-p2.p2/closePayment is missing',
    change: (evidence) => {
      runOf(evidence, 'payment-u-p2.p2').steps.find(({ step }) => step === 'closePayment')!.state = 'failed';
    },
  },
  {
    speaks: 'X7',
    when: 'a top-up that may have been opened was not closed',
    naming: 'top-up-u-t3.t3/closeTopUp is missing',
    change: (evidence) => drop(runOf(evidence, 'top-up-u-t3.t3').steps, ({ step }) => step === 'closeTopUp'),
  },
  {
    speaks: 'X7',
    when: 'a refund was sent for a charge that the bank had declined',
    naming: 'payment-u-p2.p2/sendRefund ran although nothing had been taken',
    change: (evidence) => {
      const { steps } = runOf(evidence, 'payment-u-p2.p2');
      steps.push({ ...steps[0]!, step: 'sendRefund', state: 'failed' });
    },
  },
  {
    speaks: 'X11',
    when: "a user was given the checkout page of another user's top-up",
    naming: "u-stranger was answered 200 to status of top-up-u-t1.t1, which is u-t1's",
    change: ({ answers }) =>
      answers.unshift({
        ...answers.find(({ call, workflowId }) => call === 'status' && workflowId === 'top-up-u-t1.t1')!,
        caller: { user: 'u-stranger' },
      }),
  },
  {
    speaks: 'X11',
    when: 'a payment was refunded at the request of its payer',
    naming: "u-p_1 was answered 202 to start of refund-u-p_1.p_1-a1, which is m-shop's",
    change: ({ answers }) => {
      answers.find(({ call, workflowId }) => call === 'start' && workflowId === 'refund-u-p_1.p_1-a1')!.caller = {
        user: 'u-p_1',
      };
    },
  },
  {
    speaks: 'X11',
    when: "another user's card was charged",
    naming: 'of u-p2 fell on u-stranger',
    change: (evidence) => (row(evidence, 'card-charged', 'payment-u-p2.p2').user = 'u-stranger'),
  },
  {
    speaks: 'X12',
    when: 'a payment is still processing',
    naming: 'payment u-p9.p9 is still processing',
    change: ({ sandbox }) => {
      const about = { user: 'u-p9', merchant: 'm-shop', money: naira(7_500), reference: null, refunds: [] };
      sandbox.payments.push({ paymentId: 'u-p9.p9', state: 'processing', ...about });
    },
  },
  {
    speaks: 'X12',
    when: 'a refund is still reserved',
    naming: 'refund a2 of payment u-p_1.p_1 is still reserved',
    change: ({ sandbox }) => {
      const refund = { refundId: 'a2', money: naira(100), state: 'reserved', gatewayRefundId: null } as const;
      sandbox.payments[0]!.refunds.push(refund);
    },
    along: ['payment 17'],
  },
  {
    speaks: 'X12',
    when: 'a top-up is still waiting',
    naming: 'top-up u-t9.t9 is still waiting',
    change: ({ sandbox }) => {
      const openedAt = '2026-11-21T10:00:00.000Z';
      sandbox.topUps.push({ topUpId: 'u-t9.t9', user: 'u-t9', money: naira(1), state: 'waiting', openedAt });
    },
  },
  {
    speaks: 'X13',
    when: 'a cancel was accepted and the top-up credited',
    naming: 'top-up-u-t1.t1 accepted a cancel and ended [credited]',
    change: (evidence) =>
      runOf(evidence, 'top-up-u-t1.t1').updates.push({ name: 'cancel', input: {}, answer: { answer: 'accepted' } }),
  },
  {
    speaks: 'X13',
    when: 'a payment was cancelled without a cancel',
    naming: "payment-u-p2.p2 ended cancelled, and nobody's cancel was accepted",
    change: (evidence) => ended(evidence, 'payment-u-p2.p2', { status: 'cancelled' }),
    along: ['payment 9'],
  },
  {
    speaks: 'X14',
    when: 'a merchant was called under another correlation id',
    naming: 'POST /:merchant/hooks',
    change: (evidence) => (callOf(evidence, 'evt-p3-1').correlationId = 'another'),
  },
  {
    speaks: 'X14',
    when: 'a run that another run started has another correlation id',
    naming: 'webhook-evt-p2-1 carries [its-own], and was begun by payment-u-p2.p2',
    change: (evidence) => {
      runOf(evidence, 'webhook-evt-p2-1').memo['correlationId'] = 'its-own';
      const { journal, calls } = evidence.sandbox;
      for (const each of [...journal, ...calls]) {
        if (each.key?.startsWith('webhook-evt-p2-1/') || each.key === 'evt-p2-1') each.correlationId = 'its-own';
      }
    },
  },
];
