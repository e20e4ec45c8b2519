import {
  alsoDid,
  alsoPosted,
  drop,
  ended,
  row,
  runOf,
  tookInstead,
  transactionOf,
  type Case,
} from '../../../fixtures/case.fixture.ts';

/** Cases in which our records, the card gateway and the outcomes of runs differ. */
export const bookCases: readonly Case[] = [
  {
    speaks: 'payment 9',
    when: 'a payment was completed without a charge at the gateway',
    naming: 'the gateway took nothing for payment-u-p=1.p=1',
    change: ({ sandbox }) => drop(sandbox.gatewayTransactions, ({ reference }) => reference === 'payment-u-p=1.p=1'),
    along: ['payment 14', 'payment 17', 'payment 20', 'payment 4'],
  },
  {
    speaks: 'payment 9',
    when: "a payment was completed with another payment's charge",
    naming: 'payment u-p_1.p_1 was completed with payment-u-p3.p3',
    change: (evidence) => (row(evidence, 'payment-completed', 'u-p_1.p_1').reference = 'payment-u-p3.p3'),
  },
  {
    speaks: 'payment 9',
    when: 'a payment was completed with more than was charged',
    naming: 'the gateway took 7400 NGN',
    change: (evidence) => tookInstead(evidence, 'payment-u-p=1.p=1', 7_400),
  },
  {
    speaks: 'payment 9',
    when: 'a wallet was credited for a charge that the gateway does not know',
    naming: 'top-up-u-t1.t1 was credited to u-t1, and the gateway has no such charge',
    change: ({ sandbox }) => drop(sandbox.gatewayTransactions, ({ reference }) => reference === 'top-up-u-t1.t1'),
    along: ['payment 14', 'payment 4'],
  },
  {
    speaks: 'payment 9',
    when: 'a refund was settled that the gateway does not know',
    naming: 'refund a1 of u-p_1.p_1',
    change: (evidence) => (row(evidence, 'refund-settled', 'a1').gatewayRefundId = 'never-heard-of'),
    along: ['payment 17'],
  },
  {
    speaks: 'payment 9',
    when: 'a refund was settled that failed at the gateway',
    naming: 'at the gateway it is 2500 NGN [failed]',
    change: (evidence) => (transactionOf(evidence, 'payment-u-p=1.p=1').refunds[0]!.status = 'failed'),
    along: ['payment 14', 'payment 17'],
  },
  {
    speaks: 'payment 9',
    when: 'the gateway made a refund that is not in our records',
    naming: 'payment u-p_1.p_1 gave back 100 NGN at the gateway [7], not in its record',
    change: (evidence) => {
      const money = { amount: 100, currency: 'NGN' };
      transactionOf(evidence, 'payment-u-p=1.p=1').refunds.push({ id: '7', money, status: 'processed', note: null });
    },
    along: ['payment 17', 'payment 20'],
  },
  {
    speaks: 'payment 9',
    when: 'the outcome of a payment differs from its record',
    naming: 'payment u-p2.p2 of 7500 NGN ended [declined], on record is 7500 NGN [cancelled]',
    change: ({ sandbox }) => (sandbox.payments[1]!.state = 'cancelled'),
  },
  {
    speaks: 'payment 9',
    when: 'a payment is on record for another amount than was asked for',
    naming: 'payment u-p2.p2 of 7500 NGN ended [declined], on record is 1 NGN [declined]',
    change: ({ sandbox }) => (sandbox.payments[1]!.money.amount = 1),
  },
  {
    speaks: 'payment 9',
    when: 'a top-up that was credited late is on record as expired',
    naming: 'top-up u-t2.t2 of 20000 NGN ended [expired], on record is 20000 NGN [expired]',
    change: ({ sandbox }) => (sandbox.topUps[1]!.state = 'expired'),
  },
  {
    speaks: 'payment 9',
    when: 'a top-up was closed for another reason than its user was told',
    naming: 'top-up u-t3.t3 of 20000 NGN ended [cancelled], on record is 20000 NGN [cancelled], closed as [expired]',
    change: (evidence) => (row(evidence, 'top-up-closed', 'u-t3.t3').state = 'expired'),
  },
  {
    speaks: 'payment 9',
    when: 'the outcome has another amount than was paid to the merchant',
    naming: 'payment u-p_1.p_1 of 7400 NGN ended [completed], on record is 7500 NGN [completed]',
    change: (evidence) => ended(evidence, 'payment-u-p_1.p_1', { money: { amount: 7_400, currency: 'NGN' } }),
  },
  {
    speaks: 'payment 9',
    when: 'the ledger has more from the gateway than it took',
    naming: 'gateway:paystack in NGN is -45001, it should be -45000',
    change: (evidence) => alsoPosted(evidence, 'gateway:paystack', 'wallet:u-t1', { amount: 1, currency: 'NGN' }),
  },
  {
    speaks: 'payment 17',
    when: 'a refund reports more than was refunded',
    naming: 'refund a1 of u-p_1.p_1 ended [refunded], settled: 2500 NGN',
    change: (evidence) => ended(evidence, 'refund-u-p_1.p_1-a1', { refunded: { amount: 2_600, currency: 'NGN' } }),
  },
  {
    speaks: 'payment 17',
    when: 'a refund reports that nothing was refunded, and it was',
    naming: 'refund a1 of u-p_1.p_1 ended [refused], settled: 2500 NGN',
    change: (evidence) => ended(evidence, 'refund-u-p_1.p_1-a1', { status: 'refused', reason: 'exceeds-paid' }),
  },
  {
    speaks: 'payment 17',
    when: 'the outcome has another amount than was refunded',
    naming: 'top-up-u-t3.t3 says that 19000 NGN went back, it was 20000 NGN',
    change: (evidence) => ended(evidence, 'top-up-u-t3.t3', { refunded: { amount: 19_000, currency: 'NGN' } }),
  },
  {
    speaks: 'payment 18',
    when: 'a refund that waits for a person has nothing reserved in the ledger',
    naming: 'refunds:pending in NGN is 0, it should be 100',
    change: (evidence) => {
      const refund = runOf(evidence, 'refund-u-p_1.p_1-a1');
      const settled = { code: 'http-503', owner: 'operations', step: 'settleRefund', raisedAfterMs: 5, settled: true };
      const input = { paymentId: 'u-p_1.p_1', refundId: 'a2', reason: 'sent back' };
      const outcome = { status: 'settled-by-hand', by: 'Grace', note: 'paid out' };
      evidence.runs.push({
        ...refund,
        ...{ workflowId: 'refund-u-p_1.p_1-a2', input, outcome, children: [], steps: [refund.steps[0]!] },
        attention: [{ ...settled, settledByHand: true }],
      });
      const money = { amount: 100, currency: 'NGN' };
      evidence.sandbox.payments[0]!.refunds.push({ refundId: 'a2', money, state: 'reserved', gatewayRefundId: null });
      const requested = { effect: 'refund-requested', paymentId: 'u-p_1.p_1', refundId: 'a2', money } as const;
      alsoDid(evidence, requested, 'refund-u-p_1.p_1-a2/requestRefund');
    },
  },
];
