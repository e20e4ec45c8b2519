import {
  alsoDid,
  callOf,
  drop,
  found,
  row,
  runOf,
  transactionOf,
  triedAgain,
  type Case,
} from '../../../fixtures/case.fixture.ts';

const someNaira = { amount: 7_500, currency: 'NGN' };

/** Cases about captures and refunds, and about the calls to the card gateway. */
export const chargeCases: readonly Case[] = [
  {
    speaks: 'payment 4',
    when: 'a charge was captured twice',
    naming: 'charge-u-r1.r1',
    change: (evidence) =>
      alsoDid(evidence, row(evidence, 'charge-captured', 'charge-u-r1.r1'), 'booking-u-r1.r1/renewHold'),
    along: ['X3', 'booking 3', 'booking 9'],
  },
  {
    speaks: 'payment 4',
    when: 'a card was charged twice under one reference',
    naming: 'payment-u-p=1.p=1 was paid 2 times',
    change: (evidence) =>
      alsoDid(evidence, row(evidence, 'card-charged', 'payment-u-p=1.p=1'), 'payment-u-p_1.p_1/chargeCard'),
    along: ['X3'],
  },
  {
    speaks: 'payment 4',
    when: 'a page was paid twice',
    naming: 'top-up-u-t1.t1 was paid 2 times',
    change: (evidence) =>
      evidence.sandbox.journal.push({ ...row(evidence, 'checkout-paid', 'top-up-u-t1.t1'), seq: 1_000 }),
  },
  {
    speaks: 'payment 4',
    when: 'the gateway has a charge that was not paid',
    naming: 'payment-u-p2.p2 was paid nothing, taken for it is 7500 NGN',
    change: (evidence) => (transactionOf(evidence, 'payment-u-p2.p2').status = 'success'),
    along: ['X7', 'payment 5'],
  },
  {
    speaks: 'payment 5',
    when: 'the charge of a failed payment was not refunded in full',
    naming: 'payment-u-p3.p3 took 7500 NGN for nothing, and gave back 7400',
    change: (evidence) => (transactionOf(evidence, 'payment-u-p3.p3').refunds[0]!.money.amount = 7_400),
    along: ['X7', 'payment 17', 'payment 20'],
  },
  {
    speaks: 'payment 5',
    when: 'the refund of a failed payment is not processed',
    naming: 'payment-u-p3.p3',
    change: (evidence) => (transactionOf(evidence, 'payment-u-p3.p3').refunds[0]!.status = 'needs-attention'),
    along: ['X7', 'payment 14', 'payment 17'],
  },
  {
    speaks: 'payment 5',
    when: 'a credited charge was refunded as well',
    naming: 'top-up-u-t1.t1 is in a wallet, and was sent back as well',
    change: (evidence) =>
      transactionOf(evidence, 'top-up-u-t1.t1').refunds.push({
        ...{ id: '7', money: { ...someNaira, amount: 20_000 }, status: 'pending', note: null },
      }),
    along: ['payment 20'],
  },
  {
    speaks: 'payment 5',
    when: 'a card was charged for no payment',
    naming: 'payment-u-p9.p9',
    change: ({ sandbox }) =>
      sandbox.gatewayTransactions.push({
        ...{ reference: 'payment-u-p9.p9', user: 'u-p9', money: someNaira, status: 'success', refunds: [] },
      }),
    along: ['payment 4'],
  },
  {
    speaks: 'payment 6',
    when: 'more was refunded than a fare took',
    naming: 'charge-u-r3.r3',
    change: (evidence) => (row(evidence, 'charge-refunded', 'charge-u-r3.r3').money.amount = 4501),
    along: ['booking 4', 'booking 5'],
  },
  {
    speaks: 'payment 6',
    when: 'the refunds at the gateway, with a pending one, are more than it took',
    naming: 'payment-u-p=1.p=1 took 7500 NGN and gave back 7501',
    change: (evidence) =>
      transactionOf(evidence, 'payment-u-p=1.p=1').refunds.push({
        ...{ id: '7', money: { ...someNaira, amount: 5_001 }, status: 'processing', note: null },
      }),
    along: ['payment 20'],
  },
  {
    speaks: 'payment 6',
    when: 'the gateway refunded in another currency',
    naming: '7500 USD',
    change: (evidence) => (transactionOf(evidence, 'payment-u-p3.p3').refunds[0]!.money.currency = 'USD'),
    along: ['payment 17', 'payment 20'],
  },
  {
    speaks: 'payment 6',
    when: 'the requested refunds are more than was paid',
    naming: 'payment u-p_1.p_1',
    change: ({ sandbox }) =>
      sandbox.payments[0]!.refunds.push({
        ...{ refundId: 'a2', money: { ...someNaira, amount: 5_001 }, state: 'reserved', gatewayRefundId: null },
      }),
    along: ['X12', 'payment 17'],
  },
  {
    speaks: 'payment 10',
    when: 'a charge was retried without a look-up',
    naming: 'payment-u-p_1.p_1/chargeCard was tried again without a look-up [tries: 2, look-ups between: 0]',
    change: (evidence) => {
      const lost = callOf(evidence, 'payment-u-p_1.p_1/chargeCard');
      evidence.sandbox.calls.push({ ...lost, seq: 1_000, attempt: 2 });
      lost.status = null;
    },
  },
  {
    speaks: 'payment 10',
    when: 'a charge was retried twice with one look-up',
    naming: 'payment-u-p_1.p_1/chargeCard was tried again without a look-up [tries: 3, look-ups between: 1]',
    change: (evidence) => {
      triedAgain(evidence, 'payment-u-p_1.p_1', 'chargeCard', { lookedBy: 'findCharge' });
      evidence.sandbox.calls.push({ ...callOf(evidence, 'payment-u-p_1.p_1/chargeCard'), seq: 1_001, attempt: 3 });
    },
  },
  {
    speaks: 'payment 10',
    when: 'a refund was retried after a look-up without an answer',
    naming: 'payment-u-p3.p3/sendRefund was tried again without a look-up [tries: 2, look-ups between: 0]',
    change: (evidence) => {
      triedAgain(evidence, 'payment-u-p3.p3', 'sendRefund', { lookedBy: 'findRefund' });
      found(runOf(evidence, 'payment-u-p3.p3').steps, ({ step }) => step === 'findRefund').state = 'failed';
    },
  },
  {
    speaks: 'payment 10',
    when: 'a payment was charged under a second reference',
    naming: 'payment u-p2.p2 was charged as payment-u-p2.p2 and payment-u-p2.p2.2',
    change: (evidence) =>
      alsoDid(
        evidence,
        { ...row(evidence, 'card-charged', 'payment-u-p2.p2'), reference: 'payment-u-p2.p2.2' },
        'payment-u-p2.p2/chargeCard',
      ),
    along: ['X3'],
  },
  {
    speaks: 'payment 14',
    when: 'a repeated webhook was recorded twice',
    naming: 'charge.success top-up-u-t1.t1/1 was recorded 2 times',
    change: (evidence) => {
      const heard = row(evidence, 'gateway-event-recorded', 'top-up-u-t1.t1');
      evidence.sandbox.journal.push({ ...heard, seq: 1_000 });
    },
    along: ['X3'],
  },
  {
    speaks: 'payment 14',
    when: 'a forged webhook was recorded',
    naming: 'charge.success of payment-u-p2.p2 is not true',
    change: (evidence) => (row(evidence, 'gateway-event-recorded', 'payment-u-p=1.p=1').reference = 'payment-u-p2.p2'),
  },
  {
    speaks: 'payment 14',
    when: 'a webhook for a refund that does not exist was recorded',
    naming: 'refund.processed of top-up-u-t1.t1 is not true',
    change: ({ sandbox }) => {
      const heard = sandbox.journal.find((entry) => 'event' in entry && entry.event === 'refund.processed');
      Object.assign(heard!, { reference: 'top-up-u-t1.t1' });
    },
  },
  {
    speaks: 'payment 20',
    when: 'a refund whose answer was lost was made twice',
    naming: 'payment-u-p=1.p=1 [refund-u-p_1.p_1-a1/sendRefund] was refunded 2 times',
    change: (evidence) => {
      const refund = row(evidence, 'card-refunded', 'payment-u-p=1.p=1');
      alsoDid(evidence, { ...refund, gatewayRefundId: 'again' }, 'refund-u-p_1.p_1-a1/sendRefund');
    },
    along: ['X3'],
  },
  {
    speaks: 'payment 20',
    when: 'the gateway has a refund that no run requested',
    naming: 'refund 7 of payment-u-p2.p2: 1 NGN [null] is one that nobody asked for',
    change: (evidence) =>
      transactionOf(evidence, 'payment-u-p2.p2').refunds.push({
        ...{ id: '7', money: { amount: 1, currency: 'NGN' }, status: 'failed', note: null },
      }),
  },
  {
    speaks: 'payment 17',
    when: 'another amount was reserved than was requested',
    naming: 'payment u-p_1.p_1 has the refunds [a1 with 2500 NGN], asked for were [a1 with 2400 NGN]',
    change: (evidence) => (row(evidence, 'refund-requested', 'a1').money.amount = 2_400),
  },
  {
    speaks: 'payment 17',
    when: 'a settled refund is not in the record of its payment',
    naming: 'payment u-p_1.p_1 gave back 0, by the journal 2500, at the gateway 2500',
    change: ({ sandbox }) => drop(sandbox.payments[0]!.refunds, () => true),
    along: ['payment 13', 'payment 9'],
  },
];
